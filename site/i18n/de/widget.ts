/** German words of the widget that stands in the vendor's own application. */
import type { widgetWords as enWidget } from '../en/widget.ts';

export const widgetWords: typeof enWidget = {
  label: 'Status des Dienstes',
  unavailable: 'Status nicht abrufbar',
  unavailableNote: 'Der Status konnte nicht gelesen werden. Was bekannt ist, steht auf der Statusseite.',
  page: 'Statusseite',
  incidents: 'Offene Vorfälle',
  changes: 'Was sich ändert',
  support: 'Support',
};
