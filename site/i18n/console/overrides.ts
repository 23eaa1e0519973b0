/** Corrections of the ledger in the console: times that people know better than the checks. */

import type { OverrideState } from '#domain/sla/override.ts';
import type { Verdict } from '#domain/sla/verdict.ts';
import { lengthText } from '#domain/time/length-text.ts';
import type { OverrideLine } from '#monitor/views/console-overrides.ts';
import type { OverridePreview, PreviewedMonth } from '#monitor/views/override-preview.ts';
import { monthText, numberText } from '../../format.ts';
import { plural } from '../en/grammar.ts';
import { CLAIMED, PROVED } from './signed.ts';

/** "1 h 23 min (4,980,000 ms)": read, and exact. */
export const exactLength = (ms: number): string => (ms === 0 ? 'none' : `${lengthText(ms)} (${numberText('en', ms)} ms)`);

const STATES: Readonly<Record<OverrideState, string>> = {
  down: 'was down',
  up: 'was up',
  degraded: 'was slow or degraded',
  unknown: 'was not measured',
};

/** How much downtime it adds, or takes away where it is negative; as contracts without a stricter reading count. */
export const downtimeAdded = ({ changes: { lenient } }: OverridePreview['override']): number =>
  lenient.after.downMs - lenient.before.downMs;

export const overrides = {
  title: 'Corrections of the ledger',
  lead: 'Where people know better than the checks. Nothing here is ever edited: a correction is taken back by another one, and both stay readable, in every report they touch.',
  record: 'Record a correction',
  waitingHeading: (count: number) => `${plural(count, 'correction waits', 'corrections wait')} for a second person`,
  waitingNote: 'They take downtime or doubt away, so they count nothing until somebody else, an admin, has approved them.',
  all: 'All corrections',
  none: 'Nobody has corrected anything yet.',
  earlier: 'Earlier corrections',
  newest: 'Back to the newest',
  states: STATES,
  says: ({ name, state, kind }: Pick<OverrideLine, 'name' | 'state' | 'kind'>) =>
    kind === 'override' ? `${name} ${STATES[state]}` : `Taken back: “${name} ${STATES[state]}”`,
  from: 'from',
  until: 'until',
  still: 'until it is taken back',
  standing: {
    in_force: 'in force',
    waiting: 'waits for a second person: no effect yet',
    revoked: 'taken back',
  } satisfies Record<OverrideLine['standing'], string>,
  reason: 'Why',
  evidence: 'Evidence',
  noEvidence: 'none given',
  who: 'Recorded by',
  approved: 'Approved by',
  proved: PROVED,
  claimed: CLAIMED,
  changes: 'What it changes',
  approve: ({ kind, changes: { lenient } }: Pick<OverrideLine, 'kind' | 'changes'>) => {
    const ms = lenient.before.downMs - lenient.after.downMs;
    const what = ms > 0 ? `take ${lengthText(ms)} of downtime away` : 'let it count';
    return kind === 'override' ? `Approve: ${what}` : `Approve taking it back: ${what}`;
  },
  ownRow: 'You recorded it; somebody else must approve it.',
  onlyAdmins: 'An admin must approve it.',
  unapprovable: 'It was recorded without evidence, so nobody can approve it.',
  takeBack: 'Take it back',
  takeBackOne: (says: string) => `Take it back: ${says}`,

  newTitle: 'Record a correction',
  newLead:
    'Say what customers lived through. First you see what it changes, in milliseconds and in the month’s figure; then you record it.',
  fromIncident: (title: string) => `For the incident “${title}”.`,
  fields: {
    component: 'Component',
    state: 'What is true',
    start: 'From',
    end: 'Until',
    endHint: 'Leave it empty while it lasts; it then runs until it is taken back.',
    inZone: (zone: string) => `On the clock of ${zone}, to the second.`,
    reason: 'Why you know',
    reasonHint: 'In a sentence that an auditor understands in a year.',
    evidence: 'Evidence',
    evidenceHint: 'A ticket, a log, a customer’s message: where it can be found. Needed where downtime or doubt is taken away.',
  },
  choose: 'Choose one',
  stateChoices: [
    ['down', 'It was down: adds downtime'],
    ['degraded', 'It was slow or degraded: down only where a contract counts that'],
    ['unknown', 'Nobody can know: neither up nor down'],
    ['up', 'It was up: takes downtime away, needs a second person'],
  ] satisfies readonly (readonly [OverrideState, string])[],
  preview: 'Say what it changes',
  again: 'Something was changed since. This is what it changes now; record it if that is what you mean.',
  badTime: (text: string) =>
    text.trim() === '' ? 'Give the time from which it was so.' : `“${text}” is no time; write it like 2026-10-10T14:00.`,
  noComponent: 'Choose the component of which it is true.',
  noState: 'Choose what is true of that time.',

  previewHeading: 'What it would change',
  previewNothing: 'Nothing of its time has passed yet.',
  previewOver: (passedMs: number) => `Of the ${exactLength(passedMs)} that it speaks of, so far:`,
  previewColumns: { what: 'Counted as', before: 'Now', after: 'With it' },
  up: 'up',
  down: 'down',
  unknown: 'unknown',
  strict: 'Where slow counts as down',
  monthsHeading: 'In the figures',
  monthsNote: 'As the ledger will have it once the correction counts.',
  monthColumns: { figure: 'Figure', downBefore: 'Down now', downAfter: 'Down with it', before: 'Now', after: 'With it' },
  figureOf: ({ of, name, month }: Pick<PreviewedMonth, 'of' | 'name' | 'month'>) => {
    const when = monthText('en', month, 'month');
    return of === 'service' ? `${when}, the whole service` : `${when}, ${name ?? ''}`;
  },
  percent: (figure: string | null) => (figure === null ? 'not measured' : `${figure} %`),
  verdict: {
    met: 'kept',
    missed: 'missed',
    indeterminate: 'undecided',
    not_applicable: 'nothing to measure',
  } satisfies Record<Verdict, string>,
  omitted: (count: number) => `${plural(count, 'earlier month changes', 'earlier months change')} too and are not shown.`,
  noFigure: 'No figure of a month changes.',

  recordButton: (preview: OverridePreview, name: string): string => {
    const added = downtimeAdded(preview.override);
    if (preview.override.needsApproval)
      return added < 0 ? `Ask to take ${lengthText(-added)} of downtime away from ${name}` : `Ask to correct ${name}`;
    return added > 0 ? `Record ${lengthText(added)} of downtime on ${name}` : `Record it on ${name}; downtime stays as it is`;
  },
  revokeButton: (preview: OverridePreview, name: string): string => {
    const added = downtimeAdded(preview.override);
    if (preview.override.needsApproval)
      return added < 0 ? `Ask to take ${lengthText(-added)} of downtime away from ${name}` : `Ask to take it back on ${name}`;
    return added > 0 ? `Take it back: ${lengthText(added)} more downtime on ${name}` : 'Take it back; downtime stays as it is';
  },
  needsTwo: 'It takes downtime or doubt away: it has no effect until a second person, an admin, has approved it.',
  needsOne:
    'It takes nothing away, so it counts as soon as you record it. It cannot be deleted, only taken back, and that takes a second person.',
  revokeTitle: 'Take a correction back',
  revokeLead: 'What was said stays readable. From then on the checks speak again for that time.',
  said: {
    recorded: 'It is recorded, and counts.',
    waits: 'It is recorded, and waits for a second person.',
    approved: 'It is approved, and counts as if it had from the start.',
    revoked: 'It is taken back.',
  } as Readonly<Record<string, string>>,
} as const;
