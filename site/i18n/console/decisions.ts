/** The page on which people decide about the month of one contract. */
import { signed } from './signed.ts';

export const decisions = {
  title: (customer: string, month: string) => `${customer}, ${month}: decided by people`,
  lead: 'What the evidence leaves to people, who decided it, and who may look at the report.',
  report: 'The report itself',
  none: 'None yet.',
  state: {
    open: 'The month runs. It can be settled when it is over.',
    provisional: 'The month is over and its report is not final yet.',
    final: (revision: number) => `The report is final, revision ${revision}.`,
  },

  close: 'Make it final',
  closeHint: 'The report is frozen, hashed and signed. Facts that arrive later make a new revision and say what changed.',
  closeButton: (month: string) => `Make the report of ${month} final`,
  obstacle: (why: string) => `It cannot be made final now: ${why}`,

  adjudications: 'Settling what the evidence leaves open',
  decided: {
    met: 'The evidence decides this month: the promise was kept. There is nothing to settle.',
    missed: 'The evidence decides this month: the promise was missed. There is nothing to settle.',
    not_applicable: 'Nothing of this month was left to measure. There is nothing to settle.',
    indeterminate:
      'What was measured does not decide whether the promise was kept. Two people settle it: one records a decision, another approves it.',
  },
  decision: 'The month counts as',
  met: 'met: the promise was kept',
  missed: 'missed: the credit is owed',
  reason: 'Reason',
  reasonHint: 'Stands in the report.',
  evidence: 'Evidence',
  evidenceHint: 'What you looked at: logs, tickets, statements, with their places.',
  adjudicate: 'Record the decision',
  counts: { met: 'counts as met', missed: 'counts as missed' },
  recordedBy: (name: string, proved: boolean | undefined) => `Recorded by ${signed(name, proved)}`,
  approvedBy: (name: string, proved: boolean | undefined) => `approved by ${signed(name, proved)}`,
  stands: 'This one decides the month.',
  waits: 'Has no effect yet: a second person must approve it.',
  approve: (month: string) => `Approve it as the second person for ${month}`,
  yours: 'You recorded it, so somebody else must approve it.',

  claims: 'Claims for the credit',
  claimNeeded: 'The contract asks for a claim.',
  claimNotNeeded: 'The contract asks for no claim; one is recorded all the same.',
  received: (zone: string) => `Received (${zone})`,
  receivedHint: 'Written like 2026-11-03T14:30.',
  badTime: (text: string) => `"${text}" is no time; write it like 2026-11-03T14:30.`,
  note: 'What was claimed, and how it came in',
  claim: 'Record the claim',

  links: 'Links for people who do not sign in',
  linksHint:
    'Whoever has the link reads this report and its files, nothing else, until it ends. Avow notes when it was last opened, not by whom.',
  days: 'Days it lives',
  daysHint: '1 to 90.',
  share: 'Make a link to this report',
  made: 'This is the link. It is shown once; copy it now.',
  until: 'opens until',
  linkStanding: {
    ended: () => 'ended',
    shut: () => 'shut',
    maker_unknown: (maker: string) => `opens nothing: nobody called ${maker} signs in here`,
    maker_disabled: (maker: string) => `opens nothing: ${maker} is shut out`,
    maker_role: (maker: string) => `opens nothing: ${maker} may no longer share reports`,
    maker_customer: (maker: string) => `opens nothing: ${maker} no longer has this customer`,
  },
  neverOpened: 'never opened',
  lastOpened: 'last opened',
  revoke: 'Shut this link now',
  madeBy: 'made by',

  said: {
    closed: 'The report is final now.',
    adjudicated: 'The decision is recorded. A second person must approve it before it counts.',
    approved: 'Approved: the decision counts from now on.',
    claimed: 'The claim is recorded.',
    revoked: 'The link is shut.',
  } as Readonly<Record<string, string>>,
} as const;
