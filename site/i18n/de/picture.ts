/** German words of the picture for social networks. */
import type { pictureWords as enPicture } from '../en/picture.ts';
import { plural } from './grammar.ts';

export const pictureWords: typeof enPicture = {
  asOf: (moment) => `Stand: ${moment}`,
  days: (days) => `${plural(days, 'Tag', 'Tage')} bis heute`,
  daysAndMore: (days, more) => `${plural(days, 'Tag', 'Tage')} bis heute; ${plural(more, 'weitere Komponente', 'weitere Komponenten')}`,
  component: 'eine Komponente',
};
