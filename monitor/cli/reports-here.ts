/** How commands ask for reports: at the running server, or here with the store open and the key of its data folder. */
import type { Store } from '#db/store.ts';
import type { Refusal } from '#domain/refusal.ts';
import { bindEarlierRows } from '#monitor/actions/bind-earlier-rows.ts';
import type { LongVerb, Told } from '#monitor/actions/long-verb.ts';
import { type ReportContext, reportKeyOf, thisAvow } from '#monitor/actions/report-context.ts';
import { reportVerbs } from '#monitor/actions/report-requests.ts';
import { SOCKET_OWNER, SYSTEM } from '#monitor/context.ts';
import type { Io } from './command.ts';
import { askLong } from './long-client.ts';

type Verbs = typeof reportVerbs;
/** Of several verbs one answer or another, told apart by what is in it. */
type AnswerOf<N extends keyof Verbs> = { [K in N]: Verbs[K] extends LongVerb<ReportContext, infer A> ? A : never }[N];

/** The answer, a refusal, or the exit code when nobody can be asked. */
export const askReports = <N extends keyof Verbs>(
  folder: string,
  io: Io,
  name: N,
  body: object,
): Promise<AnswerOf<N> | Refusal | number> => {
  const verb = reportVerbs[name] as LongVerb<ReportContext, AnswerOf<N>>;
  const here = async (store: Store, told: Told): Promise<AnswerOf<N> | Refusal> => {
    await bindEarlierRows({ store, clock: io.clock, actor: SYSTEM });
    const reportKey = await reportKeyOf(store, folder, { warn: (message) => io.err(message) });
    return verb.run({ store, clock: io.clock, actor: SOCKET_OWNER, maker: thisAvow(), reportKey }, body, told);
  };
  return askLong<AnswerOf<N> | Refusal>(folder, io, { path: `/reports/${name}`, body }, here);
};
