/**
 * Every kind of deed by the verb of the product that does it, while the stage's clock stands where the line says. What the
 * product refuses is a fault of the scenario: it throws the refusal's sentence with the line.
 */

import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { after } from '#domain/time/instant.ts';
import type { Interval } from '#domain/time/interval.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { applyConfiguration } from '#monitor/actions/apply-configuration.ts';
import { approveImport } from '#monitor/actions/approve-import.ts';
import { cancelMaintenance } from '#monitor/actions/cancel-maintenance.ts';
import { completeMaintenance } from '#monitor/actions/complete-maintenance.ts';
import { editMaintenance } from '#monitor/actions/edit-maintenance.ts';
import { importMaintenance } from '#monitor/actions/import-maintenance.ts';
import type { MaintenanceContext } from '#monitor/actions/maintenance-verb.ts';
import { type Calendar, lengthOf } from './calendar.ts';
import type { Deed, DeedOf } from './deed.ts';
import { configurationAt, type Stage } from './stage.ts';

/** Answers the id of what was made, or null; a refusal where the product refuses. */
type Perform<D extends Deed> = (stage: Stage, deed: D) => Promise<string | null | Refusal>;

const windowOf = (calendar: Calendar, deed: { readonly from: string; readonly for: string }): Interval => {
  const start = calendar.at(deed.from);
  return { start, end: after(start, lengthOf(deed.for)) };
};
const context = (stage: Stage): MaintenanceContext => ({
  store: stage.store,
  clock: stage.clock,
  policy: configurationAt(stage, stage.clock.now()).policy,
});
const idOf = ({ made }: Stage, key: string): string => {
  const id = made.get(key);
  if (id === undefined) throw new Error(`No line before has made "${key}".`);
  return id;
};
const announced = async (answer: Promise<{ readonly announcement: { readonly id: string } } | Refusal>): Promise<string | Refusal> => {
  const given = await answer;
  return isRefusal(given) ? given : given.announcement.id;
};

const PERFORM: { readonly [K in Deed['do']]: Perform<DeedOf<K>> } = {
  configure: async (stage) => {
    const change = await applyConfiguration(stage, configurationAt(stage, stage.clock.now()));
    return isRefusal(change) ? change : null;
  },
  announce: (stage, deed) => {
    const { title, body, of = '*', by } = deed;
    return announced(
      announceMaintenance(context(stage), { window: windowOf(stage.calendar, deed), title, body, components: of, author: by }),
    );
  },
  edit: (stage, { what, to, by }) => announced(editMaintenance(context(stage), idOf(stage, what), { to, author: by })),
  cancel: (stage, { what, by }) => announced(cancelMaintenance(context(stage), idOf(stage, what), { author: by })),
  complete: (stage, { what, by }) => announced(completeMaintenance(context(stage), idOf(stage, what), { author: by })),
  import: (stage, deed) => {
    const { title, body, by, told } = deed;
    const window = windowOf(stage.calendar, deed);
    const announcedAt = stage.calendar.at(told);
    return announced(importMaintenance(context(stage), { window, announcedAt, title, body, components: '*', author: by }));
  },
  'approve import': (stage, { what, by, evidence }) =>
    announced(approveImport(context(stage), idOf(stage, what), { approvedBy: by, evidence })),
};

export const perform = async <K extends Deed['do']>(stage: Stage, deed: DeedOf<K>): Promise<void> => {
  const verb: Perform<DeedOf<K>> = PERFORM[deed.do as K];
  const done = await verb(stage, deed);
  if (isRefusal(done)) throw new Error(`The product refuses the line "${deed.at} ${deed.do}": ${done.message}`);
  if (done !== null && 'key' in deed) stage.made.set(deed.key, done);
};
