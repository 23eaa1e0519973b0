/** The first page of the console. */
import type { Waiting } from '#monitor/views/console-home.ts';

export const home = {
  title: 'Now',
  checked: 'Last checked',
  neverChecked: 'Nothing was checked yet.',
  onlyItself: 'Avow watches only itself so far.',
  addCheck: 'Add a check',
  open: 'Open incidents',
  noOpen: 'No incident is open.',
  untold: 'Nobody has written about it yet.',
  since: 'since',
  post: 'Post an update',
  openOne: 'Open an incident',
  announce: 'Announce maintenance',
  draft: 'Draft a release',
  waiting: 'Waiting for a second person',
  noWaiting: 'Nothing waits for a second person.',
  waits: ({ kind, what, month, author }: Waiting) => {
    const by = author ?? 'somebody not named';
    const sentences: Readonly<Record<Waiting['kind'], string>> = {
      override: `An override on ${what} by ${by}`,
      revocation: `A revocation on ${what} by ${by}`,
      adjudication: `The decision about ${month} of ${what} by ${by}`,
      import: `The announcement “${what}” from before Avow, by ${by}`,
    };
    return sentences[kind];
  },
  month: 'This month',
  signedIn: (name: string) => `You are signed in, ${name}.`,
} as const;

/** Where each is approved. */
export const waitingHref = ({ kind, id, what, month }: Waiting): string =>
  ({
    override: `/admin/overrides#${id}`,
    revocation: `/admin/overrides#${id}`,
    adjudication: `/admin/reports/${month}/${what}/decisions`,
    import: `/admin/maintenance/${id}`,
  })[kind];
