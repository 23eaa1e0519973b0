/** Spanish words of what stands around every public page. */
import type { frameWords as english } from '../en/frame.ts';

export const frameWords: typeof english = {
  describes: (name) =>
    `Cómo está ${name} ahora mismo, qué está previsto, qué ha cambiado y en qué medida se ha cumplido el compromiso de disponibilidad.`,
  feedTitle: (name) => `${name}: incidentes, mantenimiento y versiones`,
  skip: 'Ir al contenido',
  nav: 'Páginas',
  status: 'Estado',
  maintenance: 'Mantenimiento',
  releases: 'Versiones',
  history: 'Historial',
  promise: 'El compromiso',
  subscribe: 'Suscribirse',
  window: 'La próxima ventana de mantenimiento',
  windowRunning: (title) => `Mantenimiento en curso, «${title}»:`,
  windowAnnounced: (title) => `Próximo mantenimiento, «${title}»:`,
  windowReserved: 'Próxima ventana reservada, sin nada anunciado; el servicio sigue activo:',
  yours: 'En su hora local: {}.',
  support: 'Soporte',
  vendorLinks: 'Más',
  languages: 'Idiomas',
  language: 'Idioma',
  feeds: 'Feeds, calendario y API',
};
