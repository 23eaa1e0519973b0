/**
 * One probe now, of a component as it is stored or as somebody typed it: phases, verdict, assertion by assertion. Nothing is recorded of
 * it but that it was asked for. It runs where all probes run, through the same gateway; what was typed goes only where the console may
 * go. Refuses what is not probed at all (heartbeats, the store), and what the parser refuses. One person tests ten times a minute, whichever way they ask.
 */
import type { AssertionOutcome } from '#domain/check/assertion.ts';
import type { CheckResult, PhaseTimings } from '#domain/check/check-result.ts';
import { reasonWords } from '#domain/check/reason.ts';
import type { Tried } from '#domain/check/tried.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { type Instant, millis } from '#domain/time/instant.ts';
import type { ComponentSettings } from '#monitor/config/config.ts';
import { FIRST_CONSOLE_POSITION } from '#monitor/config/console-component.ts';
import { isAuthenticated } from '#monitor/context.ts';
import {
  authorIn,
  badComponent,
  type ComponentContext,
  findWatched,
  judged,
  storedEntry,
  toldDeed,
  watchedComponents,
} from './component-verb.ts';

/** Nobody waits longer for one probe, whatever the check may take. */
const MOST_MS = 30_000;
export const TESTS_PER_MINUTE = 10;

export interface TestRequest {
  /** Of what is stored; with `component` what is typed belongs to it. */
  readonly slug: string | null;
  /** As typed; null: as stored. */
  readonly component: unknown;
  readonly author: string | null;
}

export interface TestAnswer {
  readonly slug: string | null;
  readonly at: Instant;
  readonly outcome: CheckResult['outcome'];
  readonly reason: CheckResult['reason'];
  readonly words: string;
  readonly detail: string;
  readonly httpStatus: number | null;
  readonly latencyUs: number | null;
  readonly phases: PhaseTimings;
  readonly certExpiresAt: Instant | null;
  readonly assertions: readonly AssertionOutcome[];
  readonly warnings: readonly { readonly message: string }[];
  readonly says: readonly string[];
}

const VERDICTS: Readonly<Record<CheckResult['outcome'], string>> = {
  ok: 'It answers as expected',
  slow: 'It answers as expected, but slowly',
  fail: 'It fails',
  error: 'This says nothing about the target',
};

const assertionLine = ({ key, held, detail }: AssertionOutcome): string =>
  `  ${held === null ? '-' : held ? 'yes' : 'no '} ${key}${held === null ? ' (not judged)' : ''}${detail === '' ? '' : `: ${detail}`}`;

const ms = (us: number): string => `${Math.round(us / 100) / 10} ms`;

const answerOf = (slug: string | null, result: CheckResult, { assertions }: Tried): TestAnswer => {
  const { at, outcome, reason, detail, httpStatus, latencyUs, phases, certExpiresAt } = result;
  const words = reasonWords(reason, httpStatus);
  const took = latencyUs === null ? '' : ` after ${ms(latencyUs)}`;
  const timed = Object.entries(phases).map(([phase, us]) => `${phase} ${ms(us)}`);
  return {
    slug,
    at,
    outcome,
    reason,
    words,
    detail,
    httpStatus,
    latencyUs,
    phases,
    certExpiresAt,
    assertions,
    warnings: [],
    says: [
      `${VERDICTS[outcome]}${took}: ${detail === '' ? `${words}.` : detail}`,
      ...(timed.length > 0 ? [`  ${timed.join(', ')}`] : []),
      ...assertions.map(assertionLine),
      'Nothing was recorded.',
    ],
  };
};

/** What is to be probed, and by whose rules. */
const subjectOf = async (ctx: ComponentContext, { slug, component }: TestRequest): Promise<ComponentSettings | Refusal> => {
  if (component !== null && component !== undefined) {
    const raw = slug !== null && typeof component === 'object' && !Array.isArray(component) ? { ...component, slug } : component;
    const known = slug === null ? null : findWatched(slug, await watchedComponents(ctx.store));
    return judged(raw, FIRST_CONSOLE_POSITION, ctx, known === null || isRefusal(known) ? null : storedEntry(known, ctx));
  }
  if (slug === null)
    return badComponent([{ path: '', message: 'the request names no component; give its slug, or the fields of a new one' }]);
  const found = findWatched(slug, await watchedComponents(ctx.store));
  if (isRefusal(found)) return found;
  const known = ctx.config.components.find((one) => one.slug === slug);
  return known ?? refuse('no_component', `${slug} is not watched by this Avow yet. Try again in some seconds.`, { component: slug });
};

export const testComponent = async (ctx: ComponentContext, request: TestRequest): Promise<TestAnswer | Refusal> => {
  const author = authorIn(ctx, request.author);
  if (isRefusal(author)) return author;
  const subject = await subjectOf(ctx, request);
  if (isRefusal(subject)) return subject;
  const { slug, check, hidden = [], managed } = subject;
  const { kind } = check.definition;
  if (kind === 'heartbeat' || kind === 'store')
    return refuse(
      'not_probed',
      kind === 'heartbeat'
        ? 'A heartbeat is not probed: the job calls Avow. Call its address /beat/TOKEN to see it arrive.'
        : 'The store is not probed: every commit says whether it works.',
      { kind },
    );
  if (!ctx.tryOnce)
    return refuse('nobody_probes', 'No Avow runs on this data folder, so nobody probes. Start it, or use avow check TARGET.', {});
  const { actor, tests } = ctx;
  const wait = tests && isAuthenticated(actor) ? tests.take(actor.name) : 0;
  if (wait > 0)
    return refuse('limited', `${TESTS_PER_MINUTE} tests a minute are enough for one person. Try again in ${wait} s.`, {
      retryAfterS: wait,
    });
  const at = ctx.clock.now();
  await ctx.store.exclusive(async () =>
    ctx.store.write(await toldDeed(ctx, at, { verb: 'test', slug, before: null, after: { typed: request.component != null, kind } })),
  );
  const trial = {
    componentId: slug,
    check: { ...check, timeoutMs: millis(Math.min(check.timeoutMs, MOST_MS)) },
    hidden,
    ...(managed === 'console' ? { origin: 'console' as const } : {}),
  };
  try {
    const tried = await ctx.tryOnce(trial, false);
    return tried.result
      ? answerOf(request.slug, tried.result, tried)
      : refuse('nobody_probes', tried.denied ?? 'The prober gave no result. Try again in some seconds.', {});
  } catch (cause) {
    return refuse('nobody_probes', cause instanceof Error ? cause.message : String(cause), {});
  }
};
