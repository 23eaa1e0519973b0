/**
 * What programs read of an answer: its schema, by which tests judge it and the OpenAPI document describes it, and the document itself, the
 * same for the API and for `--json`. Keys in snake_case, instants ISO 8601 in UTC, lengths integers in ms.
 */
import { z } from '@hono/zod-openapi';
import { ms, text, time } from '../document.ts';

export interface Shape<A> {
  readonly schema: z.ZodType;
  document(answer: A): object;
}
export const shape = <A extends object>(schema: z.ZodType, document: (answer: A) => object): Shape<A> => ({ schema, document });
/** Of answers that are documents already. */
export const asItIs = <A extends object>(schema: z.ZodType): Shape<A> => shape(schema, (answer) => answer);

export const count = z.number().int().min(0);
export const span = { start: time, end: time };
export const warnings = z.array(z.looseObject({ message: text }));
export const author = text.nullable().openapi({ description: 'Null: nobody was named.' });
export const authenticated = z
  .boolean()
  .openapi({ description: 'True: whoever it names had signed in, or sent their token. False: it is what somebody said of themselves.' });
export { ms, text, time, z };
