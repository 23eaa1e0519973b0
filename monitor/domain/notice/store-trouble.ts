/**
 * When ops are told that the store does not take what is recorded: at once when it is lost, else when it has not taken anything for ten
 * seconds, since a moment of it is nothing to wake anybody for. Lengths in ms.
 */
import { type Millis, millis, SECOND } from '../time/instant.ts';

export const PATIENCE = millis(10 * SECOND);

/** How long to wait before it is told, from the beginning of the trouble. */
export const patienceWith = (lost: boolean): Millis => (lost ? millis(0) : PATIENCE);
