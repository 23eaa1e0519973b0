/**
 * Writing the console's answers: pages, documents, streams, ways on and refusals, each with the headers of every answer and `no-store`.
 * Source: reliability section 4.
 */
import { coded, type Plain } from '../answer.ts';
import { livePages } from '../live-presenter.ts';
import type { ConsoleLocals, PageLocals, Renderer } from '../prepared.ts';
import { BARE_POLICY, type HeaderPairs } from '../security-headers.ts';
import type { ConsoleAnswer, ConsoleAsk } from './console-route.ts';
import type { SignedIn } from './principal.ts';
import { refusalPage } from './refusal-page.ts';
import { type Asked, type Elsewhere, NO_SUCH_PAGE, type Sorry } from './visit.ts';

export interface AnswersDeps {
  /** Null: the pages were not built. */
  readonly renderer: Renderer | null;
  readonly chrome: (path: string) => PageLocals['chrome'];
  /** Headers of every answer. */
  readonly always: HeaderPairs;
}
/** What a route answers itself: whatever neither leads on nor asks anew who sits there. */
export type Content = Exclude<ConsoleAnswer, { readonly to: string } | { readonly prove: true }>;

export interface Answers {
  refuse(c: Asked, no: Sorry | Elsewhere): Response;
  /** 303; `cookies`: as `Set-Cookie` says them. */
  goTo(path: string, cookies?: readonly string[]): Response;
  /** A page of the guard's own. */
  draw(c: Asked, path: string, view: object, who: ConsoleLocals['who'], status: number): Promise<Response>;
  /** `unsent`: why a form is shown again. */
  write(c: Asked, ask: ConsoleAsk, content: Content, unsent: ConsoleLocals['unsent']): Promise<Response>;
}

/** No page of another origin may so much as hold an answer in its process. */
export const OF_THIS_ORIGIN = ['Cross-Origin-Resource-Policy', 'same-origin'] as const;

export const consoleAnswers = ({ renderer, chrome, always }: AnswersDeps): Answers => {
  const pages = livePages(renderer, chrome);
  const respond = (plain: Plain, cookies: readonly string[] = []): Response => {
    const headers = new Headers([...always, OF_THIS_ORIGIN].map(([name, value]): [string, string] => [name, value]));
    if (plain.status !== 303) headers.set('Content-Type', plain.type);
    headers.set('Content-Security-Policy', plain.policy ?? BARE_POLICY);
    headers.set('Cache-Control', 'no-store');
    if (plain.status !== 204) headers.set('Content-Length', String(Buffer.byteLength(plain.body)));
    for (const [name, value] of plain.headers ?? []) headers.set(name, value);
    for (const cookie of cookies) headers.append('Set-Cookie', cookie);
    return new Response(plain.status === 204 ? null : (plain.body as string | Uint8Array<ArrayBuffer>), { status: plain.status, headers });
  };
  const respondCoded = async (c: Asked, plain: Plain): Promise<Response> =>
    respond(await coded(plain, c.req.header('accept-encoding') ?? null));
  const goTo: Answers['goTo'] = (path, cookies = []) =>
    respond({ status: 303, body: '', type: 'text/plain; charset=utf-8', headers: [['Location', path]] }, cookies);
  const refuse: Answers['refuse'] = (c, no) =>
    'to' in no ? goTo(no.to) : respond(refusalPage(c.req.path, c.req.header('accept') ?? null, no));
  const stream = (events: ReadableStream<Uint8Array>): Response => {
    const response = respond({ status: 200, body: '', type: 'text/event-stream; charset=utf-8', headers: [['X-Accel-Buffering', 'no']] });
    response.headers.delete('Content-Length');
    return new Response(events, { status: 200, headers: response.headers });
  };

  return {
    refuse,
    goTo,
    async draw(c, path, view, who, status) {
      const page = await pages.show(path, '', view, { who, said: null, unsent: null });
      if (!page) throw new Error(`there is no page ${path}`);
      return respondCoded(c, { ...page, status });
    },
    async write(c, ask, content, unsent) {
      if ('json' in content)
        return respond({ status: content.status ?? 200, body: JSON.stringify(content.json), type: 'application/json; charset=utf-8' });
      if ('plain' in content) return respondCoded(c, content.plain);
      if ('events' in content) return stream(content.events);
      const { principal } = ask;
      const locals: ConsoleLocals = { who: principal.kind === 'person' ? whoIs(principal) : null, said: saidOf(ask.query), unsent };
      const page = await pages.show(content.at ?? ask.path, ask.query.toString(), content.show, locals);
      if (!page) return refuse(c, NO_SUCH_PAGE);
      const headers = [...(page.headers ?? []), ...(content.headers ?? [])];
      return respondCoded(c, { ...page, status: content.status ?? 200, headers });
    },
  };
};

/** A key of a page's sentences; what every object has is none. */
const saidOf = (query: URLSearchParams): string | null => {
  const key = query.get('said');
  return key === null || key in Object.prototype ? null : key;
};

export const whoIs = ({ person, permissions, formToken }: SignedIn): NonNullable<ConsoleLocals['who']> => ({
  id: person.id,
  name: person.name,
  role: person.role,
  permissions: [...permissions],
  formToken: formToken(),
});
