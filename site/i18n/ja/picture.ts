/** Japanese words of the picture for social networks. */
import type { pictureWords as en } from '../en/picture.ts';
import { counted } from './grammar.ts';

export const pictureWords: typeof en = {
  asOf: (moment) => `${moment}現在`,
  days: (days) => `今日までの${days}日間`,
  daysAndMore: (days, more) => `今日までの${days}日間、ほかに${counted(more, '件')}のコンポーネント`,
  component: 'コンポーネント',
};
