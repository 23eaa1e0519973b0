/** French words of the widget that stands in the vendor's own application. */
import type { widgetWords as english } from '../en/widget.ts';

export const widgetWords: typeof english = {
  label: 'État du service',
  unavailable: 'État indisponible',
  unavailableNote: 'L’état n’a pas pu être lu. Ce qui est connu figure sur la page d’état.',
  page: 'Page d’état',
  incidents: 'Incidents en cours',
  changes: 'Ce qui change',
  support: 'Assistance',
};
