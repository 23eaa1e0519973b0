/** Errors of the API: RFC 9457 problem documents, one sentence each, nothing of our inside. */
import { z } from '@hono/zod-openapi';

export const PROBLEM_TYPE = 'application/problem+json';
/** Whoever may read the answer may read the refusal. */
export const PROBLEM_ORIGIN = ['Access-Control-Allow-Origin', '*'] as const;

export const problemSchema = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().openapi({ description: 'What happened and what to do, in a sentence.' }),
    parameter: z.string().optional().openapi({ description: 'Of a 400: the parameter that cannot be answered.' }),
  })
  .openapi('Problem', { description: 'RFC 9457' });
/** Of a refusal: with its code and facts. */
export const refusalSchema = problemSchema
  .extend({
    code: z.string().optional().openapi({ description: 'Names the refusal; does not change.' }),
    facts: z.looseObject({}).optional().openapi({ description: 'What the sentence speaks of.' }),
    needs: z.string().optional().openapi({ description: 'Of a 403: the scope that is missing.' }),
    has: z.array(z.string()).optional().openapi({ description: 'Of a 403: the scopes of the token.' }),
  })
  .openapi('Refusal', { description: 'RFC 9457, with what a program decides by.' });
