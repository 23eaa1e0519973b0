/** A refusal at the console's door, for whoever stands there: people of the console are led back into it; who was sent a link to a report is told about the link. */
import { type Plain, refusalOf } from '../answer.ts';
import type { Sorry } from './visit.ts';

const SHARED = '/shared/';
/** The same for a link that ended, was shut or never was. */
const NO_SUCH_LINK = 'This link opens nothing: it is wrong, was taken back, or its time is over. Ask whoever sent it for another.';

export const refusalPage = (path: string, accept: string | null, { status, sentence, headers = [] }: Sorry): Plain => {
  const isShared = path.startsWith(SHARED);
  const plain = refusalOf(status, isShared && status === 404 ? NO_SUCH_LINK : sentence, accept, isShared ? 'reader' : 'console');
  return { ...plain, headers };
};
