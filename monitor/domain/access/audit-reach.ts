/**
 * Which rows of the audit are not for everybody who reads it: those that tell of contracts, of reports and of what was decided about them
 * hold what was agreed and what is owed. Whoever does not reach every customer finds none of them, whatever they ask.
 */
import type { LinkKind } from '../ledger/chain.ts';
import { type Reach, reachesEvery } from './reach.ts';

/** The first parts of their subjects. */
const OF_CUSTOMERS = ['adjudication', 'claim', 'contract', 'report', 'reports'] as const;

/** Nouns of subjects that this reader does not find. */
export const hiddenNouns = (reach: Reach): readonly string[] => (reachesEvery(reach) ? [] : OF_CUSTOMERS);
/** `subject`: `noun/id`. */
export const isHidden = (reach: Reach, subject: string): boolean => hiddenNouns(reach).some((noun) => subject.startsWith(`${noun}/`));

const KINDS_OF_CUSTOMERS: ReadonlySet<LinkKind> = new Set(['adjudication', 'adjudication_approval', 'claim', 'contract_version', 'report']);
/** Whether the name of a row of the ledger (a contract, a month) is not for this reader; that something is wrong with one is. */
export const namesCustomers = (reach: Reach, kind: LinkKind): boolean => !reachesEvery(reach) && KINDS_OF_CUSTOMERS.has(kind);
