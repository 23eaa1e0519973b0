/** German words of the page about the widget and badges. */
import type { embedWords as enEmbed } from '../en/embed.ts';

export const embedWords: typeof enEmbed = {
  title: (name) => `Der Status auf eigenen Seiten · ${name}`,
  headline: 'Der Status auf eigenen Seiten.',
  lead: 'Zwei Zeilen zeigen in einer Anwendung oder auf einer Webseite den aktuellen Zustand, offene Vorfälle, das nächste Wartungsfenster und was sich darin ändert.',

  widget: 'Das Widget',
  code: 'Zum Kopieren',
  codeNote: 'Es setzt keine Cookies, lädt nichts weiter und zeigt nur Text. Lässt sich der Status nicht lesen, sagt es das.',
  corner: 'Als Schaltfläche in einer Ecke des Fensters',
  preview: 'So sieht es aus',
  noScript: 'Das Widget braucht Skripte. Der aktuelle Zustand steht auf der Startseite.',
  attributes: 'Attribute',
  attribute: 'Attribut',
  means: 'Was es sagt',
  absent: 'Wenn es fehlt',
  rows: [
    ['src', 'Die Adresse der Statusseite, wenn das Skript von anderswo ausgeliefert wird.', 'Die Adresse, von der das Skript kam'],
    [
      'position',
      '„inline“ oder eine Ecke: „bottom-right“, „bottom-left“, „top-right“, „top-left“. In einer Ecke ist es eine Schaltfläche, die sich öffnet.',
      'inline',
    ],
    ['lang', 'Die Sprache seiner Wörter.', 'Die Sprache der umgebenden Seite'],
    ['theme', '„light“, „dark“ oder „auto“.', 'auto: was beim Lesen eingestellt ist'],
  ],
  policy: 'Mit einer Content-Security-Policy',
  policyNote: 'Die Statusseite in zwei Direktiven erlauben. Nichts muss inline erlaubt sein.',

  badges: 'Badges',
  badgesLead: 'Kleine Bilder des Zustands oder einer Kennzahl. Zahlen werden abgeschnitten, nie aufgerundet.',
  badge: 'Was es zeigt',
  badgeAddress: 'Adresse',
  badgeRows: {
    status: 'Der aktuelle Zustand',
    month: 'Verfügbarkeit des laufenden Monats',
    '30d': 'Verfügbarkeit der letzten 30 Tage',
    '90d': 'Verfügbarkeit der letzten 90 Tage',
  },
  badgeOf: 'Statt „overall“ kann in diesen Adressen der Name einer Komponente stehen:',
  asHtml: 'In HTML',
  asMarkdown: 'In Markdown',
  badgeAlt: (name) => `Aktueller Status: ${name}`,
};
