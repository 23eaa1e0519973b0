/** One request as the front knows it, and what can be told from it alone. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLang, type Lang, negotiate } from '../i18n/languages.ts';
import { MOST_BODY_BYTES } from './listener.ts';
import type { RequestHead } from './request-head.ts';

export interface Ask {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly head: RequestHead;
  /** GET or HEAD. */
  readonly reading: boolean;
  readonly bodyless: boolean;
}

/** Programs ask under /api: they are refused in their own form. */
export const isOfApi = ({ request }: Ask): boolean => request.url?.startsWith('/api/') ?? false;

/** The language of the address, else the reader's own. */
export const spokenIn = ({ request, head }: Ask): Lang => {
  const wish = new URLSearchParams((request.url ?? '').split('?')[1] ?? '').get('lang');
  return wish !== null && isLang(wish) ? wish : negotiate(head.acceptLanguage);
};

export const isTooLarge = ({ head }: Ask): boolean => head.contentLength !== null && !(head.contentLength <= MOST_BODY_BYTES);

/** Reads a body only to throw it away; true when it is announced as too large. One that turns out so ends its connection. */
export const swallowBody = (ask: Ask): boolean => {
  const { head } = ask;
  if (head.contentLength === null && !head.chunked) return false;
  if (isTooLarge(ask)) return true;
  const { request } = ask;
  let bytes = 0;
  request.on('data', (chunk: Uint8Array) => {
    bytes += chunk.byteLength;
    if (bytes > MOST_BODY_BYTES) request.socket.destroy();
  });
  request.on('error', () => undefined);
  return false;
};
