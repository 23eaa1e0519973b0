/** How far what each location last said still speaks: the open span of a pair ends where its newest sample does. */
import type { Piece } from '#domain/check/confirmation.ts';
import type { OpenSpan } from '#domain/check/span.ts';
import { after, type Instant, later } from '#domain/time/instant.ts';
import type { LastSeen, Pair } from './checks.ts';
import { type Definitions, judgementAt } from './definitions.ts';

export const pairKey = ({ componentId, locationId }: Pair): string => `${componentId}/${locationId}`;

/** Until when the newest sample of each pair speaks, by `pairKey`. */
export const covers = (definitions: Definitions, seen: readonly LastSeen[]): Map<string, Instant> => {
  const versions = new Map(definitions.components.map((component) => [component.id, component.versions]));
  const found = new Map<string, Instant>();
  for (const last of seen) {
    const history = versions.get(last.componentId);
    if (history && last.heardAt !== null) found.set(pairKey(last), after(last.heardAt, judgementAt(history, last.heardAt).hold));
  }
  return found;
};

export const openOf = (piece: Piece | undefined, coveredUntil: Instant | undefined): OpenSpan | null => {
  if (!piece || piece.end !== null) return null;
  const { start, lenient, strict, slow } = piece;
  return { start, lenient, strict, slow, coveredUntil: later(coveredUntil ?? start, start) };
};
