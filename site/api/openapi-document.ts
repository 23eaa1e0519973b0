/** `/api/v1/openapi.json`: what the API says of itself, itself included. */
import { z } from '@hono/zod-openapi';
import { type ApiDocument, document } from './document.ts';
import { openApi } from './openapi.ts';
import { operations } from './v1/operations.ts';

export const openApiV1 = (others: readonly ApiDocument[]): ApiDocument => {
  const own: ApiDocument = document<object>({
    path: '/api/v1/openapi.json',
    id: 'getOpenApi',
    summary: 'This description',
    description: 'OpenAPI 3.1, generated from the schemas by which parameters are judged. The page /api shows it to people.',
    schema: z.looseObject({ openapi: z.literal('3.1.0'), info: z.looseObject({}), paths: z.looseObject({}) }),
    view: async () => ({}),
    expire: (view) => view,
    nothing: () => ({}),
    write: (_view, { origin }) => openApi([...others, own], origin, operations),
  });
  return own;
};
