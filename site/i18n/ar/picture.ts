/** Arabic words of the picture for social networks. */
import type { pictureWords as english } from '../en/picture.ts';
import { NOUNS, plural } from './grammar.ts';

export const pictureWords: typeof english = {
  asOf: (moment) => `حتى ${moment}`,
  days: (days) => `${plural(days, NOUNS.day)} حتى اليوم`,
  daysAndMore: (days, more) => `${plural(days, NOUNS.day)} حتى اليوم؛ ${plural(more, NOUNS.otherComponent)}`,
  component: 'مكوّن',
};
