/**
 * An HTTP answer against what it must be, one assertion after the other: status, headers, body, JSON. The first that does not hold
 * is the verdict; who asks to be told of each (`assess`) is told of all of them.
 */
import { type AssertionOutcome, judgeStatus, type Mismatch } from '#domain/check/assertion.ts';
import type { HttpDefinition } from '#domain/check/check-definition.ts';
import { excerpt } from '#domain/check/excerpt.ts';
import type { Answer } from './http-exchange.ts';
import type { HttpPlan } from './http-plan.ts';
import { assertSearchable } from './matchers.ts';

interface Judged {
  /** Keys of the assertions of which this is the verdict. */
  readonly keys: readonly string[];
  readonly mismatch: Mismatch | null;
}

const textOf = (answer: Answer): string => {
  const bytes = answer.body.length === 1 ? (answer.body[0] ?? Buffer.alloc(0)) : Buffer.concat(answer.body);
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(answer.header('content-type') ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
};

/** The JSON of a body, or why there is none that can be judged. */
const documentOf = (text: string, truncated: boolean): { readonly document: unknown } | Mismatch => {
  if (truncated) return { reason: 'too_large', detail: 'The JSON is longer than the part of an answer that is read.' };
  try {
    const document: unknown = JSON.parse(text);
    assertSearchable(document);
    return { document };
  } catch (error) {
    if (error instanceof SyntaxError)
      return { reason: 'json_mismatch', detail: `The answer is not JSON; it begins "${excerpt(text, 60)}".` };
    return { reason: 'too_large', detail: `The JSON cannot be searched: ${(error as Error).message}.` };
  }
};

const keysOf = (key: string, judges: readonly unknown[]): string[] => judges.map((_, index) => `${key}[${index}]`);

function* judgeBody(answer: Answer, plan: HttpPlan, truncated: boolean): Generator<Judged> {
  const bodyKeys = keysOf('expect.body', plan.body);
  const jsonKeys = keysOf('expect.json', plan.json);
  const encoding = answer.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== '') {
    const detail = `The body came encoded as "${excerpt(encoding, 40)}" although none was asked for; it cannot be judged.`;
    yield { keys: [...bodyKeys, ...jsonKeys], mismatch: { reason: 'protocol_error', detail } };
    return;
  }
  const text = textOf(answer);
  for (const [index, judge] of plan.body.entries()) yield { keys: [bodyKeys[index] ?? ''], mismatch: judge({ text, truncated }) };
  if (plan.json.length === 0) return;
  const read = documentOf(text, truncated);
  if ('reason' in read) yield { keys: jsonKeys, mismatch: read };
  else for (const [index, judge] of plan.json.entries()) yield { keys: [jsonKeys[index] ?? ''], mismatch: judge(read.document) };
}

function* judgements(answer: Answer, definition: HttpDefinition, plan: HttpPlan, truncated: boolean): Generator<Judged> {
  yield { keys: ['expect.status'], mismatch: judgeStatus(answer.status, definition.expectStatus) };
  const headerKeys = keysOf('expect.headers', plan.headers);
  for (const [index, judge] of plan.headers.entries()) yield { keys: [headerKeys[index] ?? ''], mismatch: judge(answer.header) };
  if (plan.needsBody) yield* judgeBody(answer, plan, truncated);
}

/** The first assertion that does not hold; null when all do. Without `assess` nothing behind it is looked at. */
export const judgeAnswer = (
  answer: Answer,
  definition: HttpDefinition,
  plan: HttpPlan,
  truncated: boolean,
  assess?: (outcome: AssertionOutcome) => void,
): Mismatch | null => {
  let first: Mismatch | null = null;
  for (const { keys, mismatch } of judgements(answer, definition, plan, truncated)) {
    first ??= mismatch;
    if (assess) for (const key of keys) assess({ key, held: mismatch === null, detail: mismatch?.detail ?? '' });
    else if (first) return first;
  }
  return first;
};
