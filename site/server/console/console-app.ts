/**
 * The console's one door. For every request, in this order: which route, who asks and may they (admission.ts), did a page of ours send it
 * (own-forms.ts), is it held up (held-forms.ts), is there a place (places.ts), and only then the route's own answer (console-answers.ts).
 * An address that is no route answers nobody differently from one that is. Nothing here is ever kept by anybody (`no-store`).
 * Source: reliability P14, P15, P16, house.md (the front).
 */
import { Hono } from 'hono';
import { isProved } from '#domain/access/session.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Context, Log } from '#monitor/context.ts';
import { allowOf, methodsByPattern } from '../../api/allowed-methods.ts';
import { isSecretAddress, loggedPath } from '../logged-path.ts';
import { isStoreTrouble } from '../store-trouble.ts';
import { admission } from './admission.ts';
import type { Asker } from './asker.ts';
import { type AnswersDeps, consoleAnswers } from './console-answers.ts';
import type { ConsoleRoute } from './console-route.ts';
import { writeCookie } from './cookies.ts';
import type { AccessRefusals } from './denials.ts';
import { heldForms, unsentAnswer } from './held-forms.ts';
import { foreign, formOf, notOfSession } from './own-forms.ts';
import { places } from './places.ts';
import { type Asked, askOf, type Bindings, NO_SUCH_PAGE, type Sorry, type Visit } from './visit.ts';

export interface ConsoleDeps extends AnswersDeps {
  readonly routes: readonly ConsoleRoute[];
  /** Null while the store cannot be opened. */
  readonly context: () => Context | null;
  /** Who asks, and how much they may ask. */
  readonly asker: Asker;
  readonly refusals: AccessRefusals;
  readonly clock: Clock;
  readonly log: Log;
}
export type ConsoleApp = Hono<Bindings>;

const away = (sentence: string): Sorry => ({ status: 503, sentence, headers: [['Retry-After', '30']] });
const STORE_AWAY = away('Avow cannot reach its store, and the console shows nothing else.');
const STORE_TROUBLE = away('Avow cannot reach its store just now. Nothing was changed; try again in a minute.');
const OUR_FAULT: Sorry = { status: 500, sentence: 'Avow could not answer. Nothing was changed; the log of the server says why.' };

export const consoleApp = (deps: ConsoleDeps): ConsoleApp => {
  const { asker, clock, log } = deps;
  const app: ConsoleApp = new Hono<Bindings>();
  const answers = consoleAnswers(deps);
  const { whoAsks, mayNot } = admission(asker, deps.refusals, clock);
  const work = places(asker, clock);
  const held = heldForms({ routes: deps.routes, answers, asker, clock, door: (request, env) => app.fetch(request, env) });
  const isOpen = ({ route, known: { principal } }: Visit): boolean =>
    !route.grave || (principal.kind === 'person' && isProved(principal.session, clock.now()));

  const handle = async (c: Asked, route: ConsoleRoute): Promise<Response> => {
    const context = deps.context();
    if (!context) return answers.refuse(c, STORE_AWAY);
    const known = await whoAsks(c, context);
    if ('sentence' in known) return answers.refuse(c, known);
    if (route.onlyHere && !known.local) return answers.refuse(c, NO_SUCH_PAGE);
    const visit: Visit = { c, route, context, known };
    const often = work.tooOften(visit);
    if (often) return answers.refuse(c, often);
    const no = mayNot(visit) ?? foreign(visit, asker);
    if (no) return (await held.ended(visit)) ?? answers.refuse(c, no);

    const form = await formOf(visit);
    if ('sentence' in form) return answers.refuse(c, form);
    const other = notOfSession(visit, form);
    if (other && other !== 'strange') return answers.refuse(c, other);
    const unsent = other ? 'elsewhere' : c.env.resumed === 'again' ? 'ended' : null;
    const open = isOpen(visit);
    if (!open && unsent === null) return held.proving(visit, form);

    const ask = askOf(visit, form);
    const full = work.full(visit);
    if (full) return answers.refuse(c, full);
    const answerOf = unsent === null ? route.answer : unsentAnswer(open ? route.again : undefined, other ? 403 : 200);
    const answer = await work.run(known, () => answerOf(ask));
    if (answer === null) return answers.refuse(c, NO_SUCH_PAGE);
    if ('prove' in answer) return held.proving(visit, form);
    if (!('to' in answer)) return answers.write(c, ask, answer, unsent);
    const cookies = (answer.cookies ?? []).map(({ name, value, maxAgeS }) => writeCookie(name, value, maxAgeS, known.reached));
    const resumed = await held.resumed(visit, answer);
    if (!resumed) return answers.goTo(answer.to, cookies);
    for (const cookie of cookies) resumed.headers.append('Set-Cookie', cookie);
    return resumed;
  };

  // Whatever is answered, a refusal and a fault too.
  app.use('*', async (c, next) => {
    await next();
    if (isSecretAddress(c.req.path)) c.res.headers.set('Referrer-Policy', 'no-referrer');
  });
  for (const route of deps.routes) app.on(route.method, route.pattern, (c) => handle(c, route));
  for (const [pattern, methods] of methodsByPattern(deps.routes)) {
    const { allow, sentence } = allowOf(methods);
    app.all(pattern, (c) => answers.refuse(c, { status: 405, sentence, headers: [['Allow', allow]] }));
  }
  // What is no route is shut like what is one: whoever has not signed in learns nothing of what there is.
  const noRoute: ConsoleRoute = { method: 'GET', pattern: '*', needs: 'anyone signed in', answer: async () => null };
  app.notFound((c) => handle(c as Asked, noRoute));
  app.onError((cause, c) => {
    if (isStoreTrouble(cause)) return answers.refuse(c, STORE_TROUBLE);
    log.error('The console could not answer.', { path: loggedPath(c.req.path), cause: cause.stack ?? cause.message });
    return answers.refuse(c, OUR_FAULT);
  });
  return app;
};
