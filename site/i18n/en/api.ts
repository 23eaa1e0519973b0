/** English words of the page about the API, and the few sentences that the API itself speaks; those are English in every language. */

interface LocalWindow {
  readonly day: string;
  readonly from: string;
  readonly endDay: string;
  readonly to: string;
}

export const apiWords = {
  title: (name: string) => `${name}: the API`,
  heading: 'The API',
  intro:
    'What this page says, as JSON for programs. Nobody has to sign in, and any web page may read it. Answers are made once per change: ask with If-None-Match and an unchanged answer costs nothing.',
  ways: 'Documents under /api/v2 have the shape of Statuspage, so that programs written for it read this page too. Those under /api/v1 say what that shape has no words for: unknown time, bounds, verdicts, reasons.',
  errors: 'What cannot be answered is a problem document (RFC 9457): a sentence that says what happened and what to do.',
  openapi: 'This page is drawn from the OpenAPI document:',
  operations: 'Addresses',
  schemas: 'Shapes',
  parameters: 'Parameters',
  example: 'Example request',
  answers: 'Answers',
  noParameters: 'It takes no parameters.',
  name: 'Name',
  place: 'Where',
  places: { path: 'in the path', query: 'in the query' } as Readonly<Record<string, string>>,
  type: 'Kind',
  meaning: 'Meaning',
  required: 'Required',
  optional: 'May be left out',
  status: 'Status',
  shape: 'Shape',
  tableOf: (name: string) => `Fields of ${name}`,
  parametersOf: (path: string) => `Parameters of ${path}`,
  answersOf: (path: string) => `Answers of ${path}`,
  types: {
    string: 'text',
    integer: 'whole number',
    number: 'number',
    boolean: 'true or false',
    object: 'object',
    null: 'null',
    'date-time': 'time (ISO 8601, UTC)',
    date: 'date',
    unknown: 'anything',
  } as Readonly<Record<string, string>>,
  listOf: (type: string) => `list of ${type}`,
  orNull: (type: string) => `${type}, or null`,
  oneOf: (values: readonly string[]) => (values.length === 1 ? `always ${values.join('')}` : `one of ${values.join(', ')}`),
  between: (least: string, most: string) => `${least} to ${most}`,
  usually: (value: string) => `${value} when it is left out`,

  /** Spoken by the API. */
  maintenancePosts: {
    started: 'The maintenance window has begun.',
    ended: 'The maintenance window is over.',
    completed: 'The maintenance was completed before the end of its window.',
    cancelled: 'The maintenance was cancelled.',
  },
  localWindow: ({ day, from, endDay, to }: LocalWindow, zone: string) =>
    day === endDay ? `${day}, ${from} to ${to}, ${zone}` : `${day}, ${from} to ${endDay}, ${to}, ${zone}`,
};
