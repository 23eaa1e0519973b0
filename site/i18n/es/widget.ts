/** Spanish words of the widget that stands in the vendor's own application. */
import type { widgetWords as english } from '../en/widget.ts';

export const widgetWords: typeof english = {
  label: 'Estado del servicio',
  unavailable: 'Estado no disponible',
  unavailableNote: 'No se pudo leer el estado. Lo que se sabe está en la página de estado.',
  page: 'Página de estado',
  incidents: 'Incidentes abiertos',
  changes: 'Qué cambia',
  support: 'Soporte',
};
