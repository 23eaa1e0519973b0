/** English words of the picture for social networks. */
import { plural } from './grammar.ts';

export const pictureWords = {
  asOf: (moment: string) => `As of ${moment}`,
  days: (days: number) => `${days} days to today`,
  daysAndMore: (days: number, more: number) => `${days} days to today; ${plural(more, 'more component')}`,
  /** For a component whose name cannot be drawn. */
  component: 'a component',
};
