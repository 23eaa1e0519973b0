/** Overrides in lines of text: what each says, by whom, what it changes, and whether it is in effect. */
import type { OverrideView } from '#domain/ledger/override-account.ts';
import { changesWords, effectWords, whenWords } from '#domain/ledger/override-answer.ts';
import { instantWords } from '#domain/maintenance/words.ts';
import type { OverridesView } from '#monitor/views/overrides.ts';

const who = ({ author, approvedBy }: OverrideView): string =>
  approvedBy === null ? `by ${author} (not signed in)` : `by ${author}, approved by ${approvedBy} (not signed in)`;

const linesOf = (view: OverrideView, zone: string): string[] => [
  `${view.id} ${view.revokes === null ? '' : `takes back ${view.revokes}: `}${view.component} ${view.state}, ${whenWords(zone, view.start, view.end)}`,
  `    recorded at ${instantWords(zone, view.recordedAt)} ${who(view)}`,
  `    reason: ${view.reason.replaceAll('\n', ' ')}`,
  ...(view.evidence === '' ? [] : [`    evidence: ${view.evidence.replaceAll('\n', ' ')}`]),
  ...[...changesWords(view), effectWords(view)].map((sentence) => `    ${sentence}`),
];

export const overrideLines = ({ overrides, zone }: OverridesView): string[] =>
  overrides.length === 0 ? ['Nobody has overridden the checks.'] : overrides.flatMap((view) => linesOf(view, zone));
