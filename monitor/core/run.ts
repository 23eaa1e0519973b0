/**
 * What runs, joined: store, recorder and probes, front, socket and the keeper of reports are made in this order, follow a new
 * configuration together, and end in the order of `ending.ts`. `main.ts` has judged everything before. Where the store cannot be opened,
 * `run-without-store.ts` runs instead.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { readAnnouncements } from '#db/queries/announcements.ts';
import { insertEvent } from '#db/queries/events.ts';
import { factsOf } from '#db/queries/facts.ts';
import { readReleases } from '#db/queries/releases.ts';
import type { Store } from '#db/store.ts';
import { isRefusal } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type AnchorBook, openAnchorBook } from '#monitor/actions/anchor-book.ts';
import { bindEarlierRows } from '#monitor/actions/bind-earlier-rows.ts';
import { bindLaterRows } from '#monitor/actions/bind-later-rows.ts';
import { type ReportContext, reportKeyOf, thisAvow } from '#monitor/actions/report-context.ts';
import { bindToldIncidents } from '#monitor/actions/told-incidents.ts';
import { exit } from '#monitor/cli/command.ts';
import type { Config } from '#monitor/config/config.ts';
import { type Environment, parseEnvironment } from '#monitor/config/environment.ts';
import { renderFault } from '#monitor/config/fault.ts';
import { isConfig } from '#monitor/config/parse.ts';
import { type Actor, type Context, type Log, SYSTEM } from '#monitor/context.ts';
import { openStoreKey } from '#monitor/identity/identity.ts';
import { nextTurn } from '#monitor/views/next-turn.ts';
import { reportSource } from '#monitor/views/report-source.ts';
import { createSocketApp } from '#site/api/socket-app.ts';
import { consoleRoutes } from '#site/server/console/console-routes.ts';
import type { Front } from '#site/server/front.ts';
import { drawing } from '#site/server/renderer.ts';
import { SOCKET_FILE, serveSocket } from '#site/server/socket.ts';
import { keepAnchors } from './anchor-keeper.ts';
import { answerBackups } from './backups.ts';
import { keepConfiguration, ruledBy } from './configuration-keeper.ts';
import { identityOf, setUpLinkFor, verbsOf } from './console-parts.ts';
import { end, LOST_FOR_MS, stopped } from './ending.ts';
import { keepTelling } from './keep-telling.ts';
import { announce, listen, type Setting } from './listen.ts';
import { type Machinery, startMachinery } from './machinery.ts';
import { releaseStartMemory } from './memory.ts';
import { startProber } from './prober-link.ts';
import { reloadTold } from './reload.ts';
import { keepReports } from './report-keeper.ts';
import { tellManagersWithoutCustomers } from './tell-managers.ts';
import { spareFolder } from './told-note.ts';
import { keepTurning } from './turning-points.ts';

/** Null: its key cannot be used, and the ends of audit and ledger are noted nowhere. */
const anchorBookOf = ({ dataDir, secretsKey }: Environment, log: Log): AnchorBook | null => {
  try {
    return openAnchorBook(dataDir, secretsKey);
  } catch (cause) {
    log.error('The key of the audit cannot be used; a cut end of the audit would not show until it is back.', { cause: String(cause) });
    return null;
  }
};

/** Until told to stop, or until the store is lost; answers the exit code. */
export const runWithStore = async (setting: Setting, first: Config, store: Store): Promise<number> => {
  const { environment, log, io } = setting;
  const { clock } = io;
  const ended = new AbortController();
  const lifetime = io.lifetime();
  const earlier = await bindEarlierRows({ store, clock, actor: SYSTEM });
  if (earlier > 0) log.info('What was recorded before the ledger had a chain is bound now.', { rows: earlier });
  const later = await bindLaterRows({ store, clock, actor: SYSTEM });
  if (later > 0) log.info('What was recorded since the audit was bound last is bound now.', { rows: later });
  await bindToldIncidents({ store, clock, actor: SYSTEM });
  const ruling = await ruledBy(
    store,
    first,
    parseEnvironment(environment, io.env, (name) => readFileSync(resolve(io.cwd, name))),
  );
  if (!isConfig(ruling)) {
    for (const fault of ruling) io.err(renderFault(fault));
    return exit.usage;
  }
  const machinery: Machinery = await startMachinery({
    store,
    clock,
    log,
    evidenceDays: () => configuration.config().evidenceDays,
    exit: (code) => process.exit(code),
    startProber: setting.play.startProber ?? startProber,
  });
  const configuration = keepConfiguration(ruling, {
    store,
    clock,
    log,
    machinery,
    environment,
    variables: io.env,
    workingDir: io.cwd,
  });
  const applied = await machinery.apply(ruling);
  if (isRefusal(applied)) {
    io.err(applied.message);
    await machinery.stop();
    return exit.usage;
  }
  const reportKey = await reportKeyOf(store, environment.dataDir, log);
  const identity = identityOf(
    await openStoreKey(store, environment.dataDir, environment.secretsKey, log),
    { clock, environment },
    () => front,
  );
  const draw = setting.renderer ? drawing(setting.renderer, configuration.config, clock) : undefined;
  const reports = (actor: Actor): ReportContext => ({ store, clock, actor, maker: thisAvow(), reportKey, draw });
  const byAvow = (): ReportContext => reports(SYSTEM);
  const acting = (actor: Actor) => ({ store, clock, actor, policy: configuration.config().policy });
  const context = (): Context => ({ store, clock, actor: SYSTEM, log, config: configuration.config() });
  const facts = factsOf(store);
  const nextTurnOf = async (now: Instant): Promise<Instant | null> =>
    nextTurn(await readAnnouncements(store), await readReleases(store), configuration.config().policy, now);
  const backups = answerBackups({ store, clock });
  // The front answers before ops can be told.
  let wakeTelling = (): void => undefined;
  const changed = (): void => {
    front.changed();
    turning.again();
    wakeTelling();
  };
  const anchors = anchorBookOf(environment, log);
  const verbs = verbsOf({ store, clock, environment, identity, anchors, configuration, backups, context, acting, reports, changed });
  const front: Front = await listen(setting, ruling, {
    context,
    facts: () => facts,
    recorderStatus: () => machinery.recorder.status,
    proberStatus: machinery.proberStatus,
    onBeat: async (token) => (await machinery.beat(token)) === 'accepted',
    console: consoleRoutes({
      reports: reportSource(reports),
      verbs,
      clock,
      publicOrigin: () => front.origin,
      identity,
      allowRemoteSetUp: environment.allowRemoteSetup,
    }),
    verbs,
    reportKeyPem: reportKey?.publicPem ?? null,
  });
  machinery.recorder.onRecorded((recorded) => front.recorded(recorded));
  store.onCondition((condition) => {
    front.changed();
    if (condition.state === 'lost' && environment.supervised) clock.after(LOST_FOR_MS, () => ended.abort());
  });
  const own = { ports: [front.port, front.metricsPort].filter((port) => port !== null), origin: front.selfOrigin };
  const keeper = keepReports(byAvow, log);
  const anchoring = anchors && keepAnchors({ store, clock, anchors }, log);
  const turning = keepTurning(clock, nextTurnOf, () => front.changed(), log);
  const telling = await keepTelling({
    store,
    clock,
    log,
    config: configuration.config,
    origin: front.origin,
    consoleOrigin: environment.adminOrigin,
    smtpUrl: environment.smtpUrl,
    dataDir: environment.dataDir,
    spare: spareFolder(io.env),
    ownPorts: () => own.ports,
  });
  wakeTelling = telling.wake;
  await configuration.begin(own, () => {
    changed();
    void telling.again();
  });
  const socket = await serveSocket(join(environment.dataDir, SOCKET_FILE), createSocketApp(verbs).fetch, clock);
  await store.write([
    insertEvent('started', clock.now(), { pid: process.pid, node: process.versions.node, sqlite: store.info.sqliteVersion }),
  ]);
  releaseStartMemory();
  announce(setting, configuration.config(), front, await setUpLinkFor(clock, store, identity));
  await tellManagersWithoutCustomers(store, log);
  lifetime.onReload(() => void reloadTold(setting, configuration));

  await stopped(AbortSignal.any([lifetime.stop, ended.signal]));
  return end(
    {
      log,
      io,
      store,
      machinery,
      front,
      socket,
      keeper,
      backups,
      anchoring,
      turning,
      telling,
      configuration,
      identity,
      reason: String(lifetime.stop.reason ?? 'the store is lost'),
    },
    lifetime.stop.aborted,
  );
};
