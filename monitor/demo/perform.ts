/**
 * Every kind of deed by the verb of the product that does it, while the stage's clock stands where the line says. What the
 * product refuses is a fault of the scenario: it throws the refusal's sentence with the line.
 */
import { factsOf } from '#db/queries/facts.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { after, MINUTE } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { adjudicateMonth } from '#monitor/actions/adjudicate-month.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { approveImport } from '#monitor/actions/approve-import.ts';
import { approveOverride } from '#monitor/actions/approve-override.ts';
import { cancelMaintenance } from '#monitor/actions/cancel-maintenance.ts';
import { closeMonth } from '#monitor/actions/close-month.ts';
import { completeMaintenance } from '#monitor/actions/complete-maintenance.ts';
import { draftRelease } from '#monitor/actions/draft-release.ts';
import { editMaintenance } from '#monitor/actions/edit-maintenance.ts';
import { importMaintenance } from '#monitor/actions/import-maintenance.ts';
import { ledgerVerbContext } from '#monitor/actions/ledger-verb-context.ts';
import type { MaintenanceContext } from '#monitor/actions/maintenance-verb.ts';
import { markTested } from '#monitor/actions/mark-tested.ts';
import { openIncident } from '#monitor/actions/open-incident.ts';
import { publishNotes } from '#monitor/actions/publish-notes.ts';
import { recordClaim } from '#monitor/actions/record-claim.ts';
import { recordDeployment } from '#monitor/actions/record-deployment.ts';
import { recordOverride } from '#monitor/actions/record-override.ts';
import { thisAvow } from '#monitor/actions/report-context.ts';
import { resolveIncident } from '#monitor/actions/resolve-incident.ts';
import { revokeOverride } from '#monitor/actions/revoke-override.ts';
import { scheduleRelease } from '#monitor/actions/schedule-release.ts';
import { updateIncident } from '#monitor/actions/update-incident.ts';
import { fileActor, SOCKET_OWNER } from '#monitor/context.ts';
import { type Calendar, lengthOf } from './calendar.ts';
import type { Deed, DeedOf } from './deed.ts';
import { configurationAt, type Stage } from './stage.ts';

/** Answers the id of what was made, or null; a refusal where the product refuses. */
type Perform<D extends Deed> = (stage: Stage, deed: D) => Promise<string | null | Refusal>;

const windowOf = (calendar: Calendar, deed: { readonly from: string; readonly for: string }): Interval => {
  const start = calendar.at(deed.from);
  return { start, end: after(start, lengthOf(deed.for)) };
};
const context = (stage: Stage): MaintenanceContext => {
  const { store, clock, newId } = stage;
  return { store, clock, newId, actor: SOCKET_OWNER, policy: configurationAt(stage, clock.now()).policy };
};
const ledger = (stage: Stage) => ledgerVerbContext(context(stage));
const idOf = ({ made }: Stage, key: string): string => {
  const id = made.get(key);
  if (id === undefined) throw new Error(`No line before has made "${key}".`);
  return id;
};
const answered = ({ reason, evidence, by, second }: DeedOf<'revoke'> | DeedOf<'override'> | DeedOf<'adjudicate'>) => ({
  reason,
  evidence,
  author: by,
  approvedBy: second ?? null,
});
/** What the verb made, by its id. */
const named = async <A extends object>(answer: Promise<A | Refusal>, id: (given: A) => string): Promise<string | Refusal> => {
  const given = await answer;
  return isRefusal(given) ? given : id(given);
};
const announced = (answer: ReturnType<typeof announceMaintenance>): Promise<string | Refusal> =>
  named(answer, ({ announcement }) => announcement.id);
/** An outage begins with the first check that fails: at the latest an interval of five minutes and some retries after its cause. */
const FOUND_WITHIN = 10 * MINUTE;
/** The incident that the checks opened on a component when it broke at `since`. */
const foundIncident = async ({ store, calendar, clock }: Stage, { of, since }: DeedOf<'take over'>): Promise<string> => {
  const from = calendar.at(since);
  const [components, incidents] = await Promise.all([factsOf(store).components(), factsOf(store).incidents(from)]);
  const component = components.find(({ slug }) => slug === of);
  const found = incidents.find(
    ({ detected, componentIds, startedAt }) =>
      detected && componentIds[0] === component?.id && startedAt >= from - MINUTE && startedAt <= from + FOUND_WITHIN,
  );
  if (!found) throw new Error(`By ${clock.now()} the checks have found no outage of "${of}" that began at "${since}".`);
  return found.id;
};
const said = ({ body, status, title, impacts = {}, by }: DeedOf<'open incident'> | DeedOf<'take over'> | DeedOf<'post'>) => ({
  body,
  status: status ?? null,
  title: title ?? null,
  impacts: Object.entries(impacts).map(([component, impact]) => ({ component, impact })),
  author: by,
});
const posted = (answer: ReturnType<typeof openIncident>): Promise<string | Refusal> => named(answer, ({ incident }) => incident.id);
const released = (answer: ReturnType<typeof draftRelease>): Promise<string | Refusal> => named(answer, ({ release }) => release.version);
const deployment =
  (kind: 'deploy' | 'rollback'): Perform<DeedOf<'deploy'> | DeedOf<'roll back'>> =>
  (stage, { version, emergency = null, by: author }) =>
    released(recordDeployment(context(stage), { version, at: null, kind, emergency, author }));

const PERFORM: { readonly [K in Deed['do']]: Perform<DeedOf<K>> } = {
  configure: async (stage) => {
    const config = configurationAt(stage, stage.clock.now());
    const change = await applyConfiguration({ ...stage, actor: fileActor(config) }, config);
    return isRefusal(change) ? change : null;
  },
  announce: (stage, deed) => {
    const { title, body, of: components = '*', by: author } = deed;
    return announced(announceMaintenance(context(stage), { window: windowOf(stage.calendar, deed), title, body, components, author }));
  },
  edit: (stage, { what, to, by }) => announced(editMaintenance(context(stage), idOf(stage, what), { to, author: by })),
  cancel: (stage, { what, by }) => announced(cancelMaintenance(context(stage), idOf(stage, what), { author: by })),
  complete: (stage, { what, by }) => announced(completeMaintenance(context(stage), idOf(stage, what), { author: by })),
  import: (stage, deed) => {
    const { title, body, by: author, told } = deed;
    const window = windowOf(stage.calendar, deed);
    const announcedAt = stage.calendar.at(told);
    return announced(importMaintenance(context(stage), { window, announcedAt, title, body, components: '*', author }));
  },
  'approve import': (stage, { what, by, evidence }) =>
    announced(approveImport(context(stage), idOf(stage, what), { approvedBy: by, evidence })),
  override: (stage, deed) => {
    const { of: component, state } = deed;
    const asked = { component, state, ...windowOf(stage.calendar, deed), ...answered(deed) };
    return named(recordOverride(context(stage), asked), ({ override }) => override.id);
  },
  'approve override': (stage, { what, by }) =>
    named(approveOverride(context(stage), idOf(stage, what), { approvedBy: by }), ({ override }) => override.id),
  revoke: (stage, deed) =>
    named(revokeOverride(context(stage), { revokes: idOf(stage, deed.what), ...answered(deed) }), ({ override }) => override.id),
  adjudicate: (stage, deed) => {
    const asked = { contract: deed.contract, month: stage.calendar.month(deed.month), decision: deed.decision, ...answered(deed) };
    return named(adjudicateMonth(ledger(stage), asked), ({ adjudication }) => adjudication.id);
  },
  claim: (stage, { contract, month, received, note, by: author }) => {
    const { calendar } = stage;
    const asked = { contract, month: calendar.month(month), receivedAt: calendar.at(received), note, author };
    return named(recordClaim(ledger(stage), asked), ({ claim }) => claim.id);
  },
  'open incident': (stage, deed) => posted(openIncident(context(stage), { ...said(deed), title: deed.title })),
  'take over': async (stage, deed) => posted(updateIncident(context(stage), await foundIncident(stage, deed), said(deed))),
  post: (stage, deed) => posted(updateIncident(context(stage), idOf(stage, deed.what), said(deed))),
  resolve: (stage, { what, body, by: author }) => posted(resolveIncident(context(stage), idOf(stage, what), { body, author })),
  draft: (stage, { version, title = null, kind = null, tickets = null, notes, by: author }) =>
    released(draftRelease(context(stage), { version, title, kind, tickets, notes, author })),
  publish: (stage, { version, from, by: author }) =>
    released(publishNotes(context(stage), { version, at: from === undefined ? null : stage.calendar.at(from), author })),
  schedule: (stage, { version, into, time = null, by: author }) =>
    released(scheduleRelease(context(stage), { version, window: idOf(stage, into), at: time, author })),
  tested: (stage, { version, by: author }) => released(markTested(context(stage), { version, at: null, author })),
  deploy: deployment('deploy'),
  'roll back': deployment('rollback'),
  close: async (stage, { month }) => {
    const { store, clock, reportKey, calendar } = stage;
    const closed = await closeMonth(
      { store, clock, actor: SOCKET_OWNER, maker: thisAvow(), reportKey },
      { month: calendar.month(month), only: null },
    );
    return isRefusal(closed) ? closed : null;
  },
};

export const perform = async <K extends Deed['do']>(stage: Stage, deed: DeedOf<K>): Promise<void> => {
  const verb: Perform<DeedOf<K>> = PERFORM[deed.do as K];
  const done = await verb(stage, deed);
  if (isRefusal(done)) throw new Error(`The product refuses the line "${deed.at} ${deed.do}": ${done.message}`);
  if (done !== null && 'key' in deed) stage.made.set(deed.key, done);
};
