/** Spanish words of the page about feeds, calendars and other ways to hear of what happens. */
import type { subscribeWords as english } from '../en/subscribe.ts';

export const subscribeWords: typeof english = {
  title: (name) => `Suscribirse · ${name}`,
  headline: 'Estar al corriente sin tener que mirar aquí.',
  lead: 'Todo lo que dicen estas páginas puede seguirse con un programa: un lector de feeds, un calendario o código propio. No hace falta registrarse.',

  feeds: 'Feeds',
  feedsLead: 'Una entrada por cada novedad, con el texto completo. Un lector de feeds muestra las nuevas en pocos minutos.',
  feedOf: 'De qué informa',
  feedAs: (kind) => `En ${kind}`,
  feed: {
    feed: 'Todo',
    incidents: 'Incidentes',
    maintenance: 'Mantenimiento',
    releases: 'Versiones',
  },
  feedLink: (what, kind) => `${what}, ${kind}`,
  perComponent: 'Un solo componente',
  perComponentLead: 'Incidentes y mantenimiento de ese componente.',

  calendars: 'Calendarios',
  calendarsLead:
    'Las ventanas aparecen en el calendario propio, en su zona horaria, y se actualizan cuando se trasladan, se acortan o se cancelan.',
  announced: 'Ventanas anunciadas',
  announcedNote: 'Trabajos que se llevarán a cabo.',
  reserved: 'Ventanas reservadas',
  reservedNote: 'Tiempos en los que pueden anunciarse trabajos, como entradas provisionales. Sin anuncio, el servicio sigue activo.',
  subscribeTo: 'Suscribirse',
  file: 'Dirección',
  howTo: 'Cómo añadir un calendario',
  programs: [
    ['Google Calendar', 'En un ordenador: «Otros calendarios», el signo más, «Desde URL». Pegar la dirección.'],
    ['Apple Calendar', 'Abrir «Suscribirse» en esta página; o «Archivo», «Nueva suscripción a calendario», y pegar la dirección.'],
    ['Outlook', '«Agregar calendario», «Suscribirse desde la web». Pegar la dirección.'],
    ['Thunderbird', '«Nuevo calendario», «En la red». Pegar la dirección.'],
  ],
  slowPrograms: 'Algunos programas buscan cambios solo una vez al día. Estas páginas están siempre al día.',

  application: 'En una aplicación propia',
  widget: 'Un widget con el estado actual y la próxima ventana',
  api: 'La API, en JSON, para programas',
  badges: 'Insignias para una página o un archivo README',
};
