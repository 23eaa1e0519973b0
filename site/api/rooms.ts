/**
 * Every verb and every view that a door of Avow answers, by room: where it lies, what it acts on, and what somebody must be allowed for it.
 * The socket serves them to the owner of the data folder, who may everything; the API to people and tokens, who may what stands here. A
 * verb without an entry does not compile, and were it there all the same, it would be shut. Source: reliability section 4 (Roles), P14.
 */
import { z } from 'zod';
import { readAuditSearch } from '#domain/access/audit-search.ts';
import { ALL_PERMISSIONS, type Permission } from '#domain/access/permission.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { auditVerbs } from '#monitor/actions/audit-requests.ts';
import { componentVerbs } from '#monitor/actions/component-requests.ts';
import type { ComponentContext } from '#monitor/actions/component-verb.ts';
import { configurationVerbs } from '#monitor/actions/configuration-requests.ts';
import { incidentVerbs } from '#monitor/actions/incident-requests.ts';
import { ledgerVerbs } from '#monitor/actions/ledger-requests.ts';
import type { LongVerb, Told } from '#monitor/actions/long-verb.ts';
import { maintenanceVerbs } from '#monitor/actions/maintenance-requests.ts';
import { makeBackup } from '#monitor/actions/make-backup.ts';
import { noticeVerbs } from '#monitor/actions/notice-requests.ts';
import { peopleVerbs, tokenVerbs } from '#monitor/actions/people-requests.ts';
import type { PeopleContext } from '#monitor/actions/people-verb.ts';
import { releaseVerbs } from '#monitor/actions/release-requests.ts';
import { reportVerbs } from '#monitor/actions/report-requests.ts';
import type { AnswerOf, RequestVerbs } from '#monitor/actions/request-verb.ts';
import { secretsVerbs } from '#monitor/actions/secrets-requests.ts';
import { type Acting, type Actor, SOCKET_OWNER } from '#monitor/context.ts';
import { auditEntry } from '#monitor/views/audit-entry.ts';
import { type AuditContext, auditPage } from '#monitor/views/audit-page.ts';
import { componentListView } from '#monitor/views/component-list.ts';
import { configurationView } from '#monitor/views/configuration.ts';
import { deliveriesView } from '#monitor/views/deliveries.ts';
import { componentForm, explainComponent } from '#monitor/views/explain-component.ts';
import { incidentTemplatesView } from '#monitor/views/incident-templates.ts';
import { allIncidentsView, openIncidentsView } from '#monitor/views/incidents.ts';
import { maintenanceView } from '#monitor/views/maintenance.ts';
import { overridesView } from '#monitor/views/overrides.ts';
import { peopleView } from '#monitor/views/people.ts';
import { releaseListView } from '#monitor/views/release-list.ts';
import {
  applyShape,
  componentFormShape,
  componentShape,
  componentsShape,
  configurationShape,
  explainedShape,
  planShape,
  testShape,
} from './answers/components.ts';
import { incidentShape, incidentsShape, incidentTemplateShape, incidentTemplatesShape } from './answers/incidents.ts';
import { adjudicationShape, claimShape, overrideShape, overridesShape } from './answers/ledger.ts';
import { announcementShape, maintenanceShape } from './answers/maintenance.ts';
import {
  accessShape,
  endedShape,
  factorRemovedShape,
  invitationRevokedShape,
  linkShape,
  secretsRotatedShape,
  sessionsShape,
  setUpLinkShape,
  standingShape,
  tokenMadeShape,
  tokenRevokedShape,
} from './answers/people.ts';
import {
  auditEntryShape,
  auditExportShape,
  auditPageShape,
  backupShape,
  closeShape,
  deliveriesShape,
  doctorShape,
  filesShape,
  noticeShape,
  pagesShape,
  recordsShape,
  verifyShape,
  whatIfShape,
} from './answers/records.ts';
import { gateShape, releaseShape, releasesShape } from './answers/releases.ts';
import type { Shape } from './answers/shape.ts';
import type { LongWork, Verbs } from './verbs.ts';

/** Who asks, and what they may. */
export interface Asking extends Acting {
  readonly permissions: ReadonlySet<Permission>;
  /** Whether they have proved who they are lately enough for what is grave. */
  readonly proved: boolean;
}
/** Whoever can open the socket, or the store itself. */
export const OWNER_ASKS: Asking = { actor: SOCKET_OWNER, permissions: new Set(ALL_PERMISSIONS), proved: true };

/** A permission that depends on what is asked; `either`: all that it may turn out to be. */
export interface NeedByRequest {
  readonly either: readonly [Permission, ...Permission[]];
  of(asked: unknown): Permission;
}
/** Null: for the owner of the data folder alone, never over the network. */
export type Need = Permission | NeedByRequest | null;

/** What somebody must be allowed, what the verb does in a few words, and what programs read of its answer. */
export interface Entry<A = never> {
  readonly needs: Need;
  readonly summary: string;
  /** Takes something out of Avow: ten an hour of one person. */
  readonly exports?: true;
  readonly shape: Shape<A>;
}
/** Parameters of the address and of the query, as sent. */
export type Given = Readonly<Record<string, string>>;
export interface RoomView<C, A extends object = object> {
  readonly needs: Permission;
  readonly summary: string;
  readonly shape: Shape<A>;
  /** What may be given; absent: nothing. */
  readonly query?: z.ZodObject;
  readonly params?: z.ZodObject;
  show(ctx: C, given: Given): Promise<A | Refusal>;
}
type Entries<V> = { readonly [K in keyof V & string]: Entry<AnswerOf<V[K]>> };

interface Placed<C> {
  readonly path: `/${string}`;
  /** For the headings of the description. */
  readonly title: string;
  readonly entries: Readonly<Record<string, Entry>>;
  /** Null: there is no such room here. */
  acting(verbs: Verbs, asking: Asking): C | null;
  /** The most that one request may have. */
  readonly mostBytes: number;
}
/** Verbs that answer one document. */
export interface Room<C = unknown> extends Placed<C> {
  readonly verbs: RequestVerbs<C>;
  /** By their paths as OpenAPI writes them. */
  readonly views: Readonly<Record<`/${string}`, RoomView<C>>>;
}
/** Verbs that answer a stream of progress with the answer as its last line. */
export interface LongRoom<C = unknown> extends Placed<C> {
  readonly verbs: Readonly<Record<string, LongVerb<C>>>;
}

const USUAL_BYTES = 64 * 1_024;
/** A check may send 64 Ki characters, each written as an escape at worst. */
const CHECK_BYTES = 512 * 1_024;
/** A file of 1 MiB, each character written as an escape at worst, and the picture beside it. */
const CONFIGURATION_BYTES = 8 * 1_024 * 1_024;
/** 100 000 characters of notes, each written as an escape at worst. */
const NOTES_BYTES = 1_024 * 1_024;
/** A request may hold a whole report. */
const REPORT_BYTES = 32 * 1_024 * 1_024;

/** For the list, in which rooms of many kinds stand together: each verb is only ever handed its own. */
const room = <C, V extends RequestVerbs<C>>(of: Room<C> & { readonly verbs: V; readonly entries: Entries<V> }): Room =>
  of as unknown as Room;
type LongEntries<V> = { readonly [K in keyof V & string]: Entry<V[K] extends LongVerb<never, infer A> ? A : never> };
const longRoom = <C, V extends Readonly<Record<string, LongVerb<C>>>>(
  of: LongRoom<C> & { readonly verbs: V; readonly entries: LongEntries<V> },
): LongRoom => of as unknown as LongRoom;
const view = <C, A extends object>(of: RoomView<C, A>): RoomView<C> => of as unknown as RoomView<C>;

/** Whoever runs operations may say that something was down; what can take downtime away is for those who may take it away. */
const overriding: NeedByRequest = {
  either: ['incidents:write', 'ledger:adjust'],
  of: (asked) => ((asked as { readonly state?: unknown } | null)?.state === 'down' ? 'incidents:write' : 'ledger:adjust'),
};

/** Verbs of people judge once more what is grave, by who asks. */
const peopleContext = ({ people }: Verbs, { actor, permissions, proved }: Asking): PeopleContext | null =>
  people ? { ...people(actor), permissions, proved } : null;

export const rooms: readonly Room[] = [
  room({
    path: '/maintenance',
    title: 'Maintenance',
    verbs: maintenanceVerbs,
    entries: {
      announce: { needs: 'maintenance:write', summary: 'Announce maintenance', shape: announcementShape },
      edit: { needs: 'maintenance:write', summary: 'Change what was announced', shape: announcementShape },
      complete: { needs: 'maintenance:write', summary: 'Say that it is done', shape: announcementShape },
      cancel: { needs: 'maintenance:write', summary: 'Cancel it', shape: announcementShape },
      import: { needs: 'maintenance:write', summary: 'Record an announcement of another system', shape: announcementShape },
      approve: { needs: 'ledger:adjust', summary: 'Approve a recorded announcement, so that it counts', shape: announcementShape },
    },
    acting: (verbs, { actor }) => verbs.maintenance(actor),
    views: {
      '/': view({
        needs: 'status:read',
        summary: 'Announcements and reserved windows, with authors',
        shape: maintenanceShape,
        show: maintenanceView,
      }),
    },
    mostBytes: USUAL_BYTES,
  }),
  room({
    path: '/incidents',
    title: 'Incidents',
    verbs: incidentVerbs,
    entries: {
      open: { needs: 'incidents:write', summary: 'Open an incident', shape: incidentShape },
      update: { needs: 'incidents:write', summary: 'Post an update', shape: incidentShape },
      resolve: { needs: 'incidents:write', summary: 'Resolve it', shape: incidentShape },
      'template-save': { needs: 'incidents:write', summary: 'Keep a text to begin posts with', shape: incidentTemplateShape },
      'template-remove': { needs: 'incidents:write', summary: 'Remove such a text', shape: incidentTemplateShape },
    },
    acting: (verbs, { actor }) => verbs.incidents(actor),
    views: {
      '/': view({ needs: 'status:read', summary: 'Open incidents, with authors', shape: incidentsShape, show: openIncidentsView }),
      '/all': view({ needs: 'status:read', summary: 'All incidents, with authors', shape: incidentsShape, show: allIncidentsView }),
      '/templates': view({
        needs: 'status:read',
        summary: 'Texts to begin posts with',
        shape: incidentTemplatesShape,
        show: incidentTemplatesView,
      }),
    },
    mostBytes: USUAL_BYTES,
  }),
  room({
    path: '/releases',
    title: 'Releases',
    verbs: releaseVerbs,
    entries: {
      draft: { needs: 'releases:write', summary: 'Draft a release or its notes', shape: releaseShape },
      'publish-notes': { needs: 'releases:write', summary: 'Publish the notes', shape: releaseShape },
      schedule: { needs: 'releases:write', summary: 'Plan it into an announced window', shape: releaseShape },
      unschedule: { needs: 'releases:write', summary: 'Take it out of its window', shape: releaseShape },
      tested: { needs: 'releases:write', summary: 'Record that a hotfix was tested', shape: releaseShape },
      deployed: { needs: 'releases:deploy', summary: 'Record that it went to production', shape: releaseShape },
      'may-deploy': { needs: 'releases:deploy', summary: 'Ask whether it may go to production now', shape: gateShape },
    },
    acting: (verbs, { actor }) => verbs.maintenance(actor),
    views: {
      '/': view({ needs: 'status:read', summary: 'Releases and drafts', shape: releasesShape, show: releaseListView }),
    },
    mostBytes: NOTES_BYTES,
  }),
  room({
    path: '/ledger',
    title: 'Ledger',
    verbs: ledgerVerbs,
    entries: {
      'override-add': { needs: overriding, summary: 'Record what people know better than the checks', shape: overrideShape },
      'override-revoke': { needs: 'ledger:adjust', summary: 'Revoke such a record', shape: overrideShape },
      'override-approve': { needs: 'ledger:adjust', summary: 'Approve it as the second person', shape: overrideShape },
      adjudicate: { needs: 'reports:approve', summary: 'Decide a month that the evidence leaves open', shape: adjudicationShape },
      'adjudication-approve': { needs: 'reports:approve', summary: 'Approve the decision as the second person', shape: adjudicationShape },
      claim: { needs: 'reports:approve', summary: "Record a customer's claim", shape: claimShape },
    },
    acting: (verbs, { actor }) => verbs.ledger(actor),
    views: {
      '/overrides': view({
        needs: 'status:read',
        summary: 'Overrides, with reasons and evidence',
        shape: overridesShape,
        show: overridesView,
      }),
    },
    mostBytes: USUAL_BYTES,
  }),
  room({
    path: '/components',
    title: 'Checks and components',
    verbs: componentVerbs,
    entries: {
      add: { needs: 'components:write', summary: 'Watch something new', shape: componentShape },
      edit: { needs: 'components:write', summary: 'Change how it is watched, where the file does not say it', shape: componentShape },
      remove: { needs: 'components:write', summary: 'Watch it no longer', shape: componentShape },
      pause: { needs: 'components:write', summary: 'Ask nothing of it for a while; its time is unknown', shape: componentShape },
      resume: { needs: 'components:write', summary: 'Ask it again', shape: componentShape },
      test: { needs: 'components:write', summary: 'Probe it once now; nothing is recorded', shape: testShape },
    },
    acting: ({ components }, { actor, permissions }) => {
      const ctx = components?.(actor);
      return ctx ? { ...ctx, insider: permissions.has('components:write') } : null;
    },
    views: {
      '/': view({
        needs: 'status:read',
        summary: 'What is watched, a page at a time',
        shape: componentsShape,
        query: z.strictObject(
          Object.fromEntries(
            ['search', 'group', 'state', 'managed', 'paused', 'after', 'limit'].map((name) => [name, z.string().optional()]),
          ),
        ),
        show: componentListView,
      }),
      '/{slug}': view({
        needs: 'status:read',
        summary: 'Why a component is what it is, and how its definition came to be',
        shape: explainedShape,
        params: z.strictObject({ slug: z.string() }),
        show: (ctx: ComponentContext, { slug = '' }) => explainComponent(ctx, slug),
      }),
      '/{slug}/form': view({
        needs: 'components:write',
        summary: 'A component as it is edited; what may be a secret stands as •, and stays where that stays',
        shape: componentFormShape,
        params: z.strictObject({ slug: z.string() }),
        show: (ctx: ComponentContext, { slug = '' }) => componentForm(ctx, slug),
      }),
    },
    mostBytes: CHECK_BYTES,
  }),
  room({
    path: '/configuration',
    title: 'Configuration',
    verbs: configurationVerbs,
    entries: {
      plan: { needs: 'components:write', summary: 'What applying a document would change', shape: planShape },
      apply: { needs: 'configuration:write', summary: 'Make a document the configuration in force', shape: applyShape },
    },
    acting: ({ configuration }, { actor }) => configuration?.(actor) ?? null,
    views: {
      // Contracts and their money stand in it.
      '/': view({
        needs: 'configuration:write',
        summary: 'The configuration in force, and the file that says it',
        shape: configurationShape,
        show: configurationView,
      }),
    },
    mostBytes: CONFIGURATION_BYTES,
  }),
  room({
    path: '/notices',
    title: 'Notices',
    verbs: noticeVerbs,
    entries: {
      test: { needs: 'notices:write', summary: 'Send a test to every channel, or to one', shape: noticeShape },
      retry: { needs: 'notices:write', summary: 'Send a dead letter again', shape: noticeShape },
    },
    acting: (verbs, { actor }) => verbs.notices(actor),
    views: {
      '/': view({ needs: 'notices:write', summary: 'Channels, dead letters and tests', shape: deliveriesShape, show: deliveriesView }),
    },
    mostBytes: USUAL_BYTES,
  }),
  room({
    path: '/people',
    title: 'People',
    verbs: peopleVerbs,
    entries: {
      invite: { needs: 'people:write', summary: 'Invite somebody by a link', shape: linkShape },
      'reset-password': { needs: 'people:write', summary: 'Make a link to a new password', shape: linkShape },
      'revoke-invitation': { needs: 'people:write', summary: 'Take a link back', shape: invitationRevokedShape },
      role: { needs: 'people:write', summary: 'Give somebody another role', shape: standingShape },
      customers: { needs: 'people:write', summary: 'Say which customers an account manager has', shape: standingShape },
      disable: { needs: 'people:write', summary: 'Let somebody in no more', shape: standingShape },
      enable: { needs: 'people:write', summary: 'Let them in again', shape: standingShape },
      'remove-second-factor': { needs: 'people:write', summary: 'Remove a second factor that is lost', shape: factorRemovedShape },
      sessions: { needs: 'people:write', summary: "Somebody's sessions", shape: sessionsShape },
      'end-session': { needs: 'people:write', summary: 'End a session', shape: endedShape },
      'end-sessions': { needs: 'people:write', summary: 'End all sessions of somebody', shape: endedShape },
      'set-up-link': { needs: null, summary: 'Make the link for the first admin', shape: setUpLinkShape },
    },
    acting: peopleContext,
    views: { '/': view({ needs: 'people:write', summary: 'People, open links and tokens', shape: accessShape, show: peopleView }) },
    mostBytes: USUAL_BYTES,
  }),
  room({
    path: '/tokens',
    title: 'Tokens',
    verbs: tokenVerbs,
    entries: {
      make: { needs: 'people:write', summary: 'Make a token; it is shown once', shape: tokenMadeShape },
      revoke: { needs: 'people:write', summary: 'Revoke a token', shape: tokenRevokedShape },
    },
    acting: peopleContext,
    views: {},
    mostBytes: USUAL_BYTES,
  }),
  room({
    path: '/secrets',
    title: 'Secrets',
    verbs: secretsVerbs,
    entries: { rotate: { needs: null, summary: 'Seal what is stored with a new key', shape: secretsRotatedShape } },
    acting: ({ secrets }, { actor }) => secrets?.(actor) ?? null,
    views: {},
    mostBytes: USUAL_BYTES,
  }),
  room({
    path: '/audit',
    title: 'Audit',
    verbs: auditVerbs,
    entries: { export: { needs: 'audit:read', summary: 'Rows as CSV', shape: auditExportShape, exports: true } },
    acting: (verbs, { actor }) => verbs.maintenance(actor),
    views: {
      '/': view({
        needs: 'audit:read',
        summary: 'Rows of the audit, newest first',
        shape: auditPageShape,
        query: z.strictObject(
          Object.fromEntries(['actor', 'verb', 'subject', 'since', 'until', 'text', 'before'].map((name) => [name, z.string().optional()])),
        ),
        show: async (ctx: AuditContext, given) => {
          const search = readAuditSearch(given);
          return isRefusal(search) ? search : auditPage(ctx, search);
        },
      }),
      '/{seq}': view({
        needs: 'audit:read',
        summary: 'One row of the audit',
        shape: auditEntryShape,
        params: z.strictObject({ seq: z.string() }),
        show: async (ctx: AuditContext, { seq = '' }) => {
          const entry = /^[1-9]\d{0,14}$/.test(seq) ? await auditEntry(ctx, Number(seq)) : null;
          return entry ?? refuse('unknown_row', `The audit has no row ${seq.slice(0, 20)}.`, {});
        },
      }),
    },
    mostBytes: USUAL_BYTES,
  }),
];

export const longRooms: readonly LongRoom[] = [
  longRoom({
    path: '/reports',
    title: 'Reports',
    verbs: reportVerbs,
    entries: {
      close: { needs: 'reports:approve', summary: 'Make the reports of a month final', shape: closeShape },
      files: { needs: 'reports:read', summary: 'Reports of a month as files', shape: filesShape, exports: true },
      pages: { needs: 'reports:read', summary: 'The same with each page as HTML', shape: pagesShape, exports: true },
      'what-if': { needs: 'reports:read', summary: 'Imagine a month otherwise', shape: whatIfShape },
      verify: { needs: 'reports:read', summary: 'Judge a report by the evidence', shape: verifyShape },
    },
    acting: (verbs, { actor }) => verbs.reports(actor),
    mostBytes: REPORT_BYTES,
  }),
];

/** Long work that lies in no room. */
export interface LongDoor extends Entry {
  readonly path: `/${string}`;
  readonly title: string;
  /** Null: nothing is asked. */
  readonly schema: z.ZodType | null;
  /** Null: nobody does it here. */
  work(verbs: Verbs): ((asked: unknown, told: Told, actor: Actor) => Promise<object>) | null;
}
const asksNothing = (work: LongWork | undefined): ReturnType<LongDoor['work']> =>
  work ? (_asked, told, actor) => work(told, actor) : null;
export const longDoors: readonly LongDoor[] = [
  {
    path: '/doctor',
    title: 'Store',
    needs: 'store:backup',
    summary: 'Rebuild what is shown from the evidence and compare',
    shape: doctorShape,
    schema: null,
    work: ({ doctor }) => asksNothing(doctor),
  },
  {
    path: '/audit/verify',
    title: 'Audit',
    needs: 'audit:read',
    summary: 'Whether ledger and audit are what was recorded',
    shape: recordsShape,
    schema: null,
    work: ({ verifyRecords }) => asksNothing(verifyRecords),
  },
  // It writes where it is told to on the machine itself, which is for its owner alone.
  {
    path: '/backup',
    title: 'Store',
    needs: null,
    summary: 'Make a backup',
    shape: backupShape,
    schema: makeBackup.schema,
    work: ({ backup }) => (backup ? (asked, told) => backup(SOCKET_OWNER, asked, told) : null),
  },
];
