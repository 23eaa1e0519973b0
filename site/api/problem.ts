/** Errors of the API: RFC 9457 problem documents, one sentence each, nothing of our inside. */
export const PROBLEM_TYPE = 'application/problem+json';

export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

export const problem = (status: number, title: string, detail: string): Problem => ({ type: 'about:blank', title, status, detail });
