/** Writing answers: prepared bytes on the hot path, plain sentences on the cold one. Every answer carries the headers of reliability section 4. */

import type { ServerResponse } from 'node:http';
import { problem } from '#domain/problem.ts';
import { PROBLEM_TYPE } from '../api/problem.ts';
import { compressOnce, preferredCoding } from './encoding.ts';
import { PLAIN_ALLOWED, plainPage, TO_CONSOLE, TO_STATUS, type Way } from './plain-page.ts';
import { names, type Ready } from './prepare.ts';
import type { RequestHead } from './request-head.ts';
import { BARE_POLICY, type HeaderPairs, inlineSources } from './security-headers.ts';

/** Whole, 304 or head only, as asked. */
export const sendReady = (response: ServerResponse, answer: Ready, head: RequestHead, bodyless: boolean): void => {
  const variant = answer.variants[preferredCoding(head.acceptEncoding)];
  if (head.ifNoneMatch !== null && answer.status === 200 && names(head.ifNoneMatch, variant.etag)) {
    response.writeHead(304, variant.notModified);
    response.end();
    return;
  }
  response.writeHead(answer.status, variant.full);
  if (bodyless) response.end();
  else if (variant.text !== null) response.end(variant.text, 'latin1');
  else response.end(variant.body);
};

export interface Plain {
  readonly status: number;
  readonly body: string | Uint8Array;
  readonly type: string;
  readonly headers?: HeaderPairs;
  readonly policy?: string;
}

/** Answers made for one request only: never stored by anybody. */
export const sendPlain = (response: ServerResponse, plain: Plain, always: HeaderPairs, bodyless: boolean): void => {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const length = Buffer.byteLength(plain.body);
  const own: [string, string][] = [
    ...(plain.status === 204
      ? []
      : [['Content-Type', plain.type] as [string, string], ['Content-Length', String(length)] as [string, string]]),
    ['Content-Security-Policy', plain.policy ?? BARE_POLICY],
    ['Cache-Control', 'no-store'],
  ];
  const extra = (plain.headers ?? []).map(([name, value]): [string, string] => [name, value]);
  const said = new Set(extra.map(([name]) => name));
  const common = always.filter(([name]) => !said.has(name)).map(([name, value]): [string, string] => [name, value]);
  response.writeHead(plain.status, [...own, ...extra, ...common].flat());
  if (bodyless || plain.status === 204) response.end();
  else response.end(plain.body);
};

/** The same answer in the coding that the client prefers. What is no text is sent as it is. For what holds no secret that a length could betray. */
export const coded = async (plain: Plain, acceptEncoding: string | null): Promise<Plain> => {
  const coding = /^(?:text\/|application\/json)/.test(plain.type) ? preferredCoding(acceptEncoding) : 'identity';
  const body = await compressOnce(typeof plain.body === 'string' ? Buffer.from(plain.body, 'utf8') : plain.body, coding);
  const vary = ['Vary', 'Accept-Encoding'] as const;
  return body
    ? { ...plain, body, headers: [...(plain.headers ?? []), vary, ['Content-Encoding', coding]] }
    : { ...plain, headers: [...(plain.headers ?? []), vary] };
};

const TITLES: Readonly<Record<number, string>> = {
  400: 'That request cannot be understood',
  403: 'That is not open to you',
  404: 'There is no such page',
  405: 'This address cannot be used that way',
  408: 'The request took too long',
  413: 'The request is too large',
  414: 'That address is too long',
  421: 'This is another site',
  429: 'Too many requests',
  431: 'The request header is too large',
  503: 'This cannot be shown just now',
};

const PLAIN_POLICY = `${BARE_POLICY}; style-src${inlineSources(PLAIN_ALLOWED.styles)}`;

/** Who is refused: a reader, somebody at a page of the console, or a program that asks the API. */
export type Refused = 'reader' | 'console' | 'program';

/** From a page of the console the way leads back into it, whatever the fault; from any other only where there is a status to see. */
const waysOn = (refused: Refused, status: number): readonly Way[] => {
  if (refused === 'console') return [TO_CONSOLE, TO_STATUS];
  return status === 404 || status === 503 ? [TO_STATUS] : [];
};

/** A sentence for a person, HTML where a browser asks, plain text elsewhere; for a program a problem document. */
export const refusalOf = (status: number, sentence: string, accept: string | null, refused: Refused = 'reader'): Plain => {
  const title = TITLES[status] ?? 'That did not work';
  if (refused === 'program')
    return { status, body: JSON.stringify(problem(status, status === 404 ? 'Not found' : title, sentence)), type: PROBLEM_TYPE };
  if (!accept?.includes('text/html')) return { status, body: `${title}. ${sentence}\n`, type: 'text/plain; charset=utf-8' };
  const body = plainPage({ title, sentences: [sentence], ways: waysOn(refused, status) });
  return { status, body, type: 'text/html; charset=utf-8', policy: PLAIN_POLICY };
};
