/**
 * What a verb answers when the rules say no: a value with a code and the facts a person needs, never an exception.
 * `message` says what happened, to what, and what to do next.
 */
export interface Refusal {
  readonly refused: true;
  readonly code: string;
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export const refuse = (code: string, message: string, facts: Readonly<Record<string, unknown>> = {}): Refusal => ({
  refused: true,
  code,
  message,
  facts,
});

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true;
