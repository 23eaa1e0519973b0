/** Spanish words of the picture for social networks. */
import type { pictureWords as english } from '../en/picture.ts';
import { DAY, plural } from './grammar.ts';

export const pictureWords: typeof english = {
  asOf: (moment) => `Datos del ${moment}`,
  days: (days) => `${plural(days, DAY)} hasta hoy`,
  daysAndMore: (days, more) => `${plural(days, DAY)} hasta hoy; ${plural(more, { one: 'componente más', many: 'componentes más' })}`,
  component: 'un componente',
};
