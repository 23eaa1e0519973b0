/** Spanish words of the page about the widget and badges. */
import type { embedWords as english } from '../en/embed.ts';

export const embedWords: typeof english = {
  title: (name) => `El estado en páginas propias · ${name}`,
  headline: 'El estado en páginas propias.',
  lead: 'Con dos líneas de código, una aplicación o una página web muestra el estado actual, los incidentes abiertos, la próxima ventana de mantenimiento y lo que cambia en ella.',

  widget: 'El widget',
  code: 'Código para copiar',
  codeNote: 'No crea cookies, no carga nada más y solo muestra texto. Cuando no se puede leer el estado, lo dice.',
  corner: 'Como botón en una esquina de la ventana',
  preview: 'Vista previa',
  noScript: 'El widget necesita scripts. El estado actual está en la página principal.',
  attributes: 'Atributos',
  attribute: 'Atributo',
  means: 'Qué indica',
  absent: 'Si falta',
  rows: [
    ['src', 'La dirección de la página de estado, si el script se sirve desde otro lugar.', 'La dirección de la que procede el script'],
    [
      'position',
      '«inline», o una esquina: «bottom-right», «bottom-left», «top-right», «top-left». En una esquina es un botón que se abre.',
      'inline',
    ],
    ['lang', 'El idioma de sus textos.', 'El idioma de la página que lo contiene'],
    ['theme', '«light», «dark» o «auto».', 'auto: lo que prefiera quien lee'],
  ],
  policy: 'Con una Content-Security-Policy',
  policyNote: 'Hay que permitir la página de estado en dos directivas. No hace falta permitir nada en línea.',

  badges: 'Insignias',
  badgesLead: 'Imágenes pequeñas del estado o de una cifra. Las cifras se truncan; nunca se redondean hacia arriba.',
  badge: 'Qué muestra',
  badgeAddress: 'Dirección',
  badgeRows: {
    status: 'El estado actual',
    month: 'Disponibilidad del mes en curso',
    '30d': 'Disponibilidad de los últimos 30 días',
    '90d': 'Disponibilidad de los últimos 90 días',
  },
  badgeOf: 'En lugar de «overall», el nombre de un componente en estas direcciones:',
  asHtml: 'En HTML',
  asMarkdown: 'En Markdown',
  badgeAlt: (name) => `Estado actual de ${name}`,
};
