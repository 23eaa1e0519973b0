/** English sentences about support: the levels of a request, what they look like, and by when something happens. */
import type { SeverityLevel, SupportTarget } from '#domain/support/severity.ts';
import type { SlaPageView } from '#monitor/views/sla-view.ts';
import { plural } from './grammar.ts';

interface LevelWords {
  readonly name: string;
  readonly what: string;
  readonly signs: readonly string[];
}

const levels: Readonly<Record<SeverityLevel, LevelWords>> = {
  1: {
    name: 'Work has stopped',
    what: 'The service cannot be used in production, or so badly that nobody can reasonably go on working with it. Support works on it before everything else until there is a fix or a way around, and needs people on your side who can help meanwhile.',
    signs: ['It hangs or crashes', 'Data is lost or damaged', 'A function that the work depends on is gone', 'Nobody can get in'],
  },
  2: {
    name: 'Work is badly hindered',
    what: 'Important functions are missing and there is no acceptable way around them. The service runs, but restricted, unstable or with interruptions.',
    signs: [
      'An error forces a restart or a recovery',
      'Answers are very slow',
      'A function is gone, and the rest can be used with restrictions',
    ],
  },
  3: {
    name: 'Work is slightly hindered',
    what: 'Something does not work, but most of the service does, and there is an easy way around it.',
    signs: [
      'An error message that can be got around',
      'Answers are somewhat slow',
      'A result is wrong and little depends on it',
      'A question about functions or settings while the service is being introduced',
    ],
  },
  4: {
    name: 'Work goes on',
    what: 'A question or a small fault that does not touch what the service does: how something is done, documentation, a wish.',
    signs: ['Advice on using the service', 'Something in the documentation or in the notes of a release is unclear'],
  },
};

export const severityWords = {
  channels: 'Support',
  noChannels: 'No channel of support is named in the configuration yet.',
  kinds: { telephone: 'Telephone', email: 'E-mail', chat: 'Chat', online: 'Online' } satisfies Record<
    SlaPageView['support'][number]['kind'],
    string
  >,
  heading: 'How a request is ranked',
  caption: 'Targets by level, counted from receipt',
  level: (level: SeverityLevel) => `Level ${level}`,
  levels,
  signs: 'For instance',
  columns: { level: 'Level', beginWork: 'Work begins', response: 'First response', completion: 'Completed', channel: 'By' },
  target: (target: SupportTarget) =>
    'elapsedMs' in target ? plural(target.elapsedMs / 3_600_000, 'hour') : plural(target.businessDays, 'business day'),
  none: '–',
  by: { telephone: 'telephone only', any: 'any channel' },
  rules: [
    'You set the level when you ask, by what it means for your work: say what you cannot do, and how many people cannot do it. Support may propose another level; it changes only when you agree.',
    'Level 1 must be reported by telephone. Reported otherwise it is handled as level 2 until you call.',
    'Requests for new features have no level and no clock.',
    'Hours are elapsed hours, day and night; business days are Monday to Friday without holidays. The first response comes from a person, not from a machine.',
    'These are targets and goals, not guarantees: how many were met is told, and missing one gives no credit.',
  ],
};
