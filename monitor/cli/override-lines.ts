/** Overrides in lines of text: what each says, by whom, what it changes, and whether it is in effect. */
import type { OverrideView } from '#domain/ledger/override-account.ts';
import { changesWords, effectWords, whenWords } from '#domain/ledger/override-answer.ts';
import { instantWords } from '#domain/maintenance/words.ts';
import type { OverridesView } from '#monitor/views/overrides.ts';
import { byWords } from './signed-words.ts';

const who = ({ author, approvedBy, authenticated, approvalAuthenticated }: OverrideView): string =>
  `${byWords(author, authenticated)}${approvedBy === null ? '' : `, approved${byWords(approvedBy, approvalAuthenticated ?? false)}`}`;

const linesOf = (view: OverrideView, zone: string): string[] => [
  `${view.id} ${view.revokes === null ? '' : `takes back ${view.revokes}: `}${view.component} ${view.state}, ${whenWords(zone, view.start, view.end)}`,
  `    recorded at ${instantWords(zone, view.recordedAt)}${who(view)}`,
  `    reason: ${view.reason.replaceAll('\n', ' ')}`,
  ...(view.evidence === '' ? [] : [`    evidence: ${view.evidence.replaceAll('\n', ' ')}`]),
  ...[...changesWords(view), effectWords(view)].map((sentence) => `    ${sentence}`),
];

export const overrideLines = ({ overrides, zone }: OverridesView): string[] =>
  overrides.length === 0 ? ['Nobody has overridden the checks.'] : overrides.flatMap((view) => linesOf(view, zone));
