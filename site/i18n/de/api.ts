/** German words of the page about the API. */
import type { apiWords as enApi } from '../en/api.ts';
import { any } from './grammar.ts';

export const apiWords: typeof enApi = {
  title: (name) => `${name}: die API`,
  heading: 'Die API',
  intro:
    'Was diese Seite sagt, als JSON für Programme. Eine Anmeldung ist nicht nötig, und jede Webseite darf mitlesen. Antworten entstehen einmal je Änderung: Mit If-None-Match abgefragt, kostet eine unveränderte Antwort nichts.',
  ways: 'Dokumente unter /api/v2 haben die Form von Statuspage, sodass dafür geschriebene Programme auch diese Seite lesen. Die unter /api/v1 sagen, wofür diese Form keine Wörter hat: unbekannte Zeit, Grenzen, Urteile, Gründe.',
  errors:
    'Was nicht beantwortet werden kann, ist ein Problemdokument (RFC 9457): ein Satz, der sagt, was geschehen ist und was zu tun ist.',
  openapi: 'Diese Seite entsteht aus dem OpenAPI-Dokument:',
  operations: 'Adressen',
  schemas: 'Formen',
  parameters: 'Parameter',
  example: 'Beispielabfrage',
  answers: 'Antworten',
  noParameters: 'Keine Parameter.',
  name: 'Bezeichner',
  place: 'Wo',
  places: { path: 'im Pfad', query: 'in der Abfrage' },
  type: 'Art',
  meaning: 'Bedeutung',
  required: 'Erforderlich',
  optional: 'Kann fehlen',
  status: 'Statuscode',
  shape: 'Form',
  tableOf: (name) => `Felder von ${name}`,
  parametersOf: (path) => `Parameter von ${path}`,
  answersOf: (path) => `Antworten von ${path}`,
  types: {
    string: 'Text',
    integer: 'ganze Zahl',
    number: 'Zahl',
    boolean: 'wahr oder falsch',
    object: 'Objekt',
    null: 'null',
    'date-time': 'Zeitpunkt (ISO 8601, UTC)',
    date: 'Datum',
    unknown: 'beliebig',
  },
  listOf: (type) => `Liste: ${type}`,
  orNull: (type) => `${type} oder null`,
  oneOf: (values) => (values.length === 1 ? `immer ${values.join('')}` : any(values)),
  between: (least, most) => `${least} bis ${most}`,
  usually: (value) => `${value}, wenn nicht angegeben`,

  maintenancePosts: {
    started: 'Das Wartungsfenster hat begonnen.',
    ended: 'Das Wartungsfenster ist vorbei.',
    completed: 'Die Wartung war vor dem Ende ihres Fensters abgeschlossen.',
    cancelled: 'Die Wartung wurde abgesagt.',
  },
  localWindow: ({ day, from, endDay, to }, zone) =>
    day === endDay ? `${day}, ${from} bis ${to}, ${zone}` : `${day}, ${from} bis ${endDay}, ${to}, ${zone}`,
};
