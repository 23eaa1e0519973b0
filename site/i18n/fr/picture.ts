/** French words of the picture for social networks. */
import type { pictureWords as english } from '../en/picture.ts';
import { on, plural } from './grammar.ts';

export const pictureWords: typeof english = {
  asOf: (moment) => `État connu ${on(moment)}`,
  days: (days) => `${plural(days, 'jour')} jusqu’à aujourd’hui`,
  daysAndMore: (days, more) => `${plural(days, 'jour')} jusqu’à aujourd’hui\u202f; ${plural(more, 'autre composant', 'autres composants')}`,
  component: 'un composant',
};
