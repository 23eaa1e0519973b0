/**
 * What runs, joined: store, recorder and probes, front, socket and the keeper of reports are made in this order, follow a new
 * configuration together, and end in the other order within ten seconds (reliability P28). `main.ts` has judged everything before.
 * Where the store cannot be opened, the front alone serves the last good pages.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { readAnnouncements } from '#db/queries/announcements.ts';
import { insertEvent } from '#db/queries/events.ts';
import { factsOf } from '#db/queries/facts.ts';
import { readReleases } from '#db/queries/releases.ts';
import type { Store, StoreFault } from '#db/store.ts';
import { ALL_PERMISSIONS } from '#domain/access/permission.ts';
import { isRefusal } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type AnchorBook, openAnchorBook } from '#monitor/actions/anchor-book.ts';
import { bindEarlierRows } from '#monitor/actions/bind-earlier-rows.ts';
import { bindLaterRows } from '#monitor/actions/bind-later-rows.ts';
import { doctorReport } from '#monitor/actions/doctor.ts';
import { ledgerVerbContext } from '#monitor/actions/ledger-verb-context.ts';
import { type ReportContext, reportKeyOf, thisAvow } from '#monitor/actions/report-context.ts';
import { needsSetUp } from '#monitor/actions/set-up-first-admin.ts';
import { verifyRecords } from '#monitor/actions/verify-records.ts';
import { exit, type Io } from '#monitor/cli/command.ts';
import type { Play } from '#monitor/cli/commands/start.ts';
import type { Clock } from '#monitor/clock.ts';
import type { Config } from '#monitor/config/config.ts';
import { type Environment, parseEnvironment } from '#monitor/config/environment.ts';
import { renderFault } from '#monitor/config/fault.ts';
import { isConfig } from '#monitor/config/parse.ts';
import { type Actor, type Context, type Log, SYSTEM } from '#monitor/context.ts';
import { createIdentity, type Identity, openStoreKey } from '#monitor/identity/identity.ts';
import { frameView } from '#monitor/views/frame.ts';
import { nextTurn } from '#monitor/views/next-turn.ts';
import { reportSource } from '#monitor/views/report-source.ts';
import { createSocketApp } from '#site/api/socket-app.ts';
import type { Verbs } from '#site/api/verbs.ts';
import { consoleRoutes } from '#site/server/console/console-routes.ts';
import { documentRoutes } from '#site/server/document-routes.ts';
import { type Front, type FrontDeps, startFront } from '#site/server/front.ts';
import type { Renderer } from '#site/server/prepared.ts';
import { drawing } from '#site/server/renderer.ts';
import { pageRoutes } from '#site/server/routes.ts';
import { SOCKET_FILE, type SocketServer, serveSocket } from '#site/server/socket.ts';
import { keepAnchors } from './anchor-keeper.ts';
import { answerBackups, type Backups } from './backups.ts';
import { type ConfigurationKeeper, keepConfiguration, ruledBy } from './configuration-keeper.ts';
import { keepTelling, type Telling } from './keep-telling.ts';
import { type Machinery, startMachinery } from './machinery.ts';
import { releaseStartMemory } from './memory.ts';
import { startProber } from './prober-link.ts';
import { keepReports } from './report-keeper.ts';
import { tellManagersWithoutCustomers } from './tell-managers.ts';
import { tellStoreAway } from './tell-store-away.ts';
import { keepTurning, type TurningPoints } from './turning-points.ts';
import { EXIT_SOFTWARE } from './watchdog.ts';

/** A supervised process without a store ends after this, for its supervisor to start a new one (reliability D2). */
const LOST_FOR_MS = 60_000;
const clientDir = fileURLToPath(new URL('../../dist/client', import.meta.url));

/** What was settled before anything ran. */
export interface Setting {
  readonly environment: Environment;
  readonly log: Log;
  readonly io: Io;
  readonly json: boolean;
  /** Null: the site was not built. */
  readonly renderer: Renderer | null;
  readonly play: Play;
}

type FrontPart = Pick<FrontDeps, 'context' | 'facts' | 'recorderStatus' | 'proberStatus' | 'onBeat' | 'console' | 'verbs' | 'reportKeyPem'>;

const listen = async ({ environment, log, io, renderer }: Setting, config: Config, part: FrontPart): Promise<Front> =>
  startFront({
    ...part,
    host: environment.host,
    port: environment.port,
    metricsPort: environment.metricsPort,
    publicOrigin: environment.publicOrigin ?? config.page.origin,
    adminOrigin: environment.adminOrigin,
    hsts: environment.hsts,
    trustedProxies: environment.trustedProxies,
    dataDir: environment.dataDir,
    clientDir: existsSync(clientDir) ? clientDir : null,
    renderer,
    routes: pageRoutes,
    documents: documentRoutes,
    frame: frameView,
    clock: io.clock,
    log,
  });

/** The one line a person looks for; with --json one document. */
const announce = ({ io, json, play }: Setting, config: Config, front: Front, setUp: string | null = null): void => {
  const { port, metricsPort, origin } = front;
  if (json) return io.out(JSON.stringify({ pid: process.pid, origin, port, metrics: metricsPort, ...(setUp && { set_up: setUp }) }));
  const watching = config.source === null ? ' It watches itself; write avow.yaml to watch your own service (README).' : '';
  const first = setUp === null ? '' : ` Make the first admin within an hour: ${setUp}`;
  io.out(`Avow is at ${origin} (process ${process.pid}).${play.hint ? ` ${play.hint}` : watching}${first}`);
};

/** The link that makes the first admin, when there is none; a file of an earlier start goes. Null: there is one. */
const setUpLinkFor = async (clock: Clock, store: Store, { setUp }: Identity): Promise<string | null> => {
  setUp.end();
  return (await needsSetUp({ store })) ? setUp.begin(clock.now()).link : null;
};

/** Null: its key cannot be used, and the ends of audit and ledger are noted nowhere. */
const anchorBookOf = ({ dataDir, secretsKey }: Environment, log: Log): AnchorBook | null => {
  try {
    return openAnchorBook(dataDir, secretsKey);
  } catch (cause) {
    log.error('The key of the audit cannot be used; a cut end of the audit would not show until it is back.', { cause: String(cause) });
    return null;
  }
};

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** The store cannot be opened: the last good pages are served from the snapshot, nothing is checked, nothing is written. */
export const runWithoutStore = async (setting: Setting, config: Config, fault: StoreFault): Promise<number> => {
  const { environment, log, io } = setting;
  log.error(`${fault.message} Avow serves the last pages it had and checks nothing until it is started again with a good store.`);
  const away = {
    context: () => null,
    facts: () => null,
    recorderStatus: () => null,
    proberStatus: () => null,
    onBeat: () => false,
    console: [],
    verbs: null,
    reportKeyPem: null,
  };
  const front = await listen(setting, config, away);
  const telling = await tellStoreAway({
    clock: io.clock,
    log,
    config,
    fault,
    origin: front.origin,
    smtpUrl: environment.smtpUrl,
    dataDir: environment.dataDir,
    ownPorts: () => [front.port, front.metricsPort].filter((port) => port !== null),
  });
  announce(setting, config, front);
  const ended = new AbortController();
  if (environment.supervised) io.clock.after(LOST_FOR_MS, () => ended.abort());
  const { stop } = io.lifetime();
  await stopped(AbortSignal.any([stop, ended.signal]));
  await Promise.all([front.close(1_000), telling.stop()]);
  return stop.aborted ? exit.done : EXIT_SOFTWARE;
};

/** Until told to stop, or until the store is lost; answers the exit code. */
export const runWithStore = async (setting: Setting, first: Config, store: Store): Promise<number> => {
  const { environment, log, io } = setting;
  const { clock } = io;
  const ended = new AbortController();
  const lifetime = io.lifetime();
  const bound = (await bindEarlierRows({ store, clock, actor: SYSTEM })) + (await bindLaterRows({ store, clock, actor: SYSTEM }));
  if (bound > 0) log.info('What was recorded before the ledger had a chain is bound now.', { rows: bound });
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
  const identity = createIdentity({
    clock,
    dataDir: environment.dataDir,
    key: await openStoreKey(store, environment.dataDir, environment.secretsKey, log),
    origins: {
      console: () => environment.adminOrigin ?? front.origin,
      setUp: () => (environment.allowRemoteSetup ? (environment.adminOrigin ?? front.origin) : front.selfOrigin),
    },
  });
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
  const verbs: Verbs = {
    doctor: (told) => doctorReport({ ...context(), anchors }, told),
    backup: backups.run,
    verifyRecords: (told) => verifyRecords({ store, anchors }, told),
    maintenance: acting,
    incidents: acting,
    ledger: (actor) => ledgerVerbContext(acting(actor)),
    notices: acting,
    reports,
    people: (actor) => ({ store, clock, actor, identity, permissions: new Set(ALL_PERMISSIONS), proved: true }),
    secrets: (actor) => ({
      store,
      clock,
      actor,
      place: { dataDir: environment.dataDir, given: environment.secretsKey },
      use: identity.useKey,
    }),
    components: configuration.components,
    configuration: configuration.configuration,
    changed,
  };
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
    smtpUrl: environment.smtpUrl,
    dataDir: environment.dataDir,
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
      setting,
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

/** Reads the file again; a bad file changes nothing and is told line by line. */
const reloadTold = async ({ log, io }: Setting, configuration: ConfigurationKeeper): Promise<void> => {
  try {
    const change = await configuration.reload();
    if (Array.isArray(change)) {
      for (const fault of change) io.err(renderFault(fault));
      log.error('The new configuration has faults and was not taken; the one before stays in force.', { faults: change.length });
    } else if (isRefusal(change)) {
      io.err(change.message);
      log.error('The new configuration was refused and not taken; the one before stays in force.', change.facts);
    } else {
      const { added, changed, removed, adopted, contractsChanged } = change;
      log.info('The configuration was read again.', { added, changed, removed, adopted, contracts: contractsChanged });
    }
  } catch (cause) {
    log.error('The new configuration could not be stored; the one before stays in force. Send SIGHUP again later.', {
      cause: String(cause),
    });
  }
};

interface Running {
  readonly setting: Setting;
  readonly store: Store;
  readonly machinery: Machinery;
  readonly front: Front;
  readonly socket: SocketServer;
  readonly keeper: ReturnType<typeof keepReports>;
  readonly backups: Backups;
  readonly anchoring: ReturnType<typeof keepAnchors> | null;
  readonly turning: TurningPoints;
  readonly telling: Telling;
  readonly configuration: ConfigurationKeeper;
  readonly identity: Identity;
  readonly reason: string;
}

/** Ends in order: nothing new comes in, what is on its way becomes durable, then the store is given back. */
const end = async (
  { setting, store, machinery, front, socket, keeper, backups, anchoring, turning, telling, configuration, identity, reason }: Running,
  asked: boolean,
): Promise<number> => {
  const { log, io } = setting;
  turning.stop();
  configuration.stop();
  // A backup is given up first: whoever asked for it is told.
  const [left] = await Promise.all([
    machinery.stop(),
    front.close(),
    keeper.stop(),
    telling.stop(),
    backups.stop().then(() => socket.close()),
  ]);
  if (left > 0) log.error('Some results could not be stored before the end; their time is unknown.', { results: left });
  // The link that makes the first admin holds for this process alone.
  identity.setUp.end();
  identity.refusals.flush();
  // What that writes waits for nobody; whoever writes next waits for it.
  await store.exclusive(async () => undefined);
  await anchoring?.stop();
  await store.write([insertEvent('stopped', io.clock.now(), { reason, lost: left })]).catch(() => undefined);
  await store.close();
  if (asked) io.err('Avow has stopped.');
  return asked ? exit.done : EXIT_SOFTWARE;
};
