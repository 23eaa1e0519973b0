/**
 * What somebody who signed in, or a token, can ask under /api/v1: every verb of every room by the socket's own path, the views of people
 * inside under /api/v1/private (the public documents have the plain names), and what pipelines ask of a release by its address.
 */
import { z } from 'zod';
import type { Refusal } from '#domain/refusal.ts';
import type { LongVerb, Told } from '#monitor/actions/long-verb.ts';
import { releaseVerbs } from '#monitor/actions/release-requests.ts';
import type { RequestVerb } from '#monitor/actions/request-verb.ts';
import { gateShape } from '../answers/releases.ts';
import type { Shape } from '../answers/shape.ts';
import type { Asking, Entry, Given, LongRoom, Need, Room } from '../room.ts';
import { longDoors, longRooms, rooms } from '../rooms.ts';
import type { Verbs } from '../verbs.ts';

export interface Operation {
  readonly method: 'GET' | 'POST';
  /** As OpenAPI writes paths. */
  readonly path: `/api/v1/${string}`;
  /** `maintenance.announce`: what the audit calls it. */
  readonly name: string;
  readonly tag: string;
  readonly summary: string;
  /** Undefined, against the types: nobody may. */
  readonly needs: Exclude<Need, null> | undefined;
  /** Of the body; null: none is read. */
  readonly schema: z.ZodType | null;
  /** Of the address, and of what stands behind it. */
  readonly params?: z.ZodObject | undefined;
  readonly query?: z.ZodObject | undefined;
  readonly mostBytes: number;
  readonly creates: boolean;
  /** Takes something out of Avow: ten an hour of one person. */
  readonly exports?: boolean;
  /** What programs read of the answer. Undefined, against the types: nothing. */
  readonly shape: Shape<object> | undefined;
  /** Answers a stream. */
  readonly long: boolean;
  /** `asked`: the body, or what the address says. Null: there is nobody here who does it. */
  run(verbs: Verbs, asking: Asking, asked: unknown, told: Told): Promise<object | Refusal> | null;
}

export const API = '/api/v1';
export const PRIVATE = `${API}/private`;

/** What nobody may over the network is not there. */
const placed = (path: `/${string}`, title: string, name: string, entry: Entry | undefined) => ({
  method: 'POST' as const,
  path: `${API}${path}/${name}` as const,
  name: `${path.slice(1)}.${name}`,
  tag: title,
  summary: entry?.summary ?? name,
  needs: entry?.needs ?? undefined,
  exports: entry?.exports ?? false,
  shape: entry?.shape as Shape<object> | undefined,
});
const isOpen = (entry: Entry | undefined): boolean => entry?.needs !== null;

const verbsIn = ({ path, title, verbs, entries, acting, mostBytes }: Room | LongRoom, long: boolean): Operation[] =>
  Object.entries<RequestVerb<unknown> | LongVerb<unknown>>(verbs)
    .filter(([name]) => isOpen(entries[name]))
    .map(([name, verb]) => ({
      ...placed(path, title, name, entries[name]),
      schema: verb.schema,
      mostBytes,
      creates: 'creates' in verb && verb.creates,
      long,
      run: (all, asking, asked, told) => {
        const ctx = acting(all, asking);
        return ctx === null ? null : verb.run(ctx, asked, told);
      },
    }));

const doors: readonly Operation[] = longDoors.filter(isOpen).map(
  ({ path, title, summary, shape, needs, schema, work }): Operation => ({
    method: 'POST',
    path: `${API}${path}`,
    name: path.slice(1).replaceAll('/', '.'),
    tag: title,
    summary,
    needs: needs ?? undefined,
    shape: shape as Shape<object>,
    schema,
    mostBytes: 1_024,
    creates: false,
    long: true,
    run: (all, { actor }, asked, told) => work(all)?.(asked, told, actor) ?? null,
  }),
);

const views: readonly Operation[] = rooms.flatMap(({ path, title, views: shown, acting }) =>
  Object.entries(shown).map(
    ([where, { needs, summary, shape, params, query, show }]): Operation => ({
      method: 'GET',
      path: `${PRIVATE}${path}${where === '/' ? '' : where}`,
      name: `${path.slice(1)}.view`,
      tag: title,
      summary,
      needs,
      shape,
      schema: null,
      params,
      query,
      mostBytes: 0,
      creates: false,
      long: false,
      run: (all, asking, asked) => {
        const ctx = acting(all, asking);
        return ctx === null ? null : show(ctx, asked as Given);
      },
    }),
  ),
);

/** The gate by its address, for pipelines: always 200 with the verdict, unless the version is none. */
const mayDeploy: Operation = {
  method: 'GET',
  path: `${API}/releases/{version}/may-deploy`,
  name: 'releases.may-deploy',
  tag: 'Releases',
  summary: 'Whether it may go to production now',
  needs: 'releases:deploy',
  shape: gateShape,
  schema: null,
  params: z.strictObject({ version: z.string() }),
  mostBytes: 0,
  creates: false,
  long: false,
  run: (all, { actor }, asked) => releaseVerbs['may-deploy'].run(all.maintenance(actor), asked),
};

export const operations: readonly Operation[] = [
  ...rooms.flatMap((one) => verbsIn(one, false)),
  ...longRooms.flatMap((one) => verbsIn(one, true)),
  ...doors,
  ...views,
  mayDeploy,
];
