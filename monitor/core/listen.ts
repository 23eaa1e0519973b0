/**
 * The front as this process makes it, with a store or without, and the one line that says where it is. `main.ts` settles before what
 * stands in a Setting. Rejects with CannotListen.
 */
import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Io } from '#monitor/cli/command.ts';
import type { Play } from '#monitor/cli/commands/start.ts';
import type { Config } from '#monitor/config/config.ts';
import type { Environment } from '#monitor/config/environment.ts';
import type { Log } from '#monitor/context.ts';
import { frameView } from '#monitor/views/frame.ts';
import { documentRoutes } from '#site/server/document-routes.ts';
import { type Front, type FrontDeps, startFront } from '#site/server/front.ts';
import type { Renderer } from '#site/server/prepared.ts';
import { pageRoutes } from '#site/server/routes.ts';

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

/** What only whoever has a store can say; without one it says nothing. */
type FrontPart = Pick<FrontDeps, 'context' | 'facts' | 'recorderStatus' | 'proberStatus' | 'onBeat' | 'console' | 'verbs' | 'reportKeyPem'>;

export const listen = async ({ environment, log, io, renderer }: Setting, config: Config, part: FrontPart): Promise<Front> =>
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
export const announce = ({ io, json, play }: Setting, config: Config, front: Front, setUp: string | null = null): void => {
  const { port, metricsPort, origin } = front;
  if (json) return io.out(JSON.stringify({ pid: process.pid, origin, port, metrics: metricsPort, ...(setUp && { set_up: setUp }) }));
  const watching = config.source === null ? ' It watches itself; write avow.yaml to watch your own service (README).' : '';
  const first = setUp === null ? '' : ` Make the first admin within an hour: ${setUp}`;
  io.out(`Avow is at ${origin} (process ${process.pid}).${play.hint ? ` ${play.hint}` : watching}${first}`);
};
