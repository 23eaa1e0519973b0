/**
 * What programs are told that nothing was done: a problem document, the same over HTTP, in streams, and on standard error of the command
 * line. One sentence for people; a refusal has its code, which does not change, and its facts. Source: RFC 9457.
 */
import type { Refusal } from './refusal.ts';
import { kindOfRefusal, type RefusalKind } from './refusal-kind.ts';

export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}
export interface RefusalProblem extends Problem {
  readonly code: string;
  readonly facts: Refusal['facts'];
}

const TITLES: Readonly<Record<RefusalKind, readonly [status: number, title: string]>> = {
  unknown: [404, 'Not found'],
  conflict: [409, 'Conflict'],
  denied: [403, 'Not allowed'],
  limited: [429, 'Too much at once'],
  invalid: [422, 'Not acceptable as it is'],
};

export const problem = (status: number, title: string, detail: string): Problem => ({ type: 'about:blank', title, status, detail });

export const problemOfRefusal = (refusal: Refusal): RefusalProblem => {
  const { code, message, facts } = refusal;
  return { ...problem(...TITLES[kindOfRefusal(refusal)], message), code, facts };
};
