/** A desk with windows and releases: what tests of releases share. Saturdays of November 2026 start at 15:00Z. */
import type { Refusal } from '#domain/refusal.ts';
import type { ReleaseAnswer } from '#domain/release/release-answer.ts';
import { announceMaintenance } from '#monitor/actions/announce-maintenance.ts';
import { type DraftRequest, draftRelease } from '#monitor/actions/draft-release.ts';
import { publishNotes } from '#monitor/actions/publish-notes.ts';
import { recordDeployment } from '#monitor/actions/record-deployment.ts';
import { scheduleRelease } from '#monitor/actions/schedule-release.ts';
import { accepted } from './accepted.ts';
import { asking, at, type Desk } from './maintenance-desk.ts';

export const NOTES = '### Added\n- Search by order number\n\n### Fixed\n- Totals of carts over 100 items';

export const drafting = (version: string, more: Partial<DraftRequest> = {}): DraftRequest => ({
  version,
  title: 'Search by order number',
  notes: NOTES,
  kind: null,
  tickets: null,
  author: 'Ann',
  ...more,
});

/** Announces a Saturday; answers its id. */
export const announced = async (desk: Desk, from = '10:00', to = '12:00', slot = '2026-11-28'): Promise<string> =>
  accepted(await announceMaintenance(desk.ctx, asking(from, to, { slot }))).announcement.id;

export const drafted = async (desk: Desk, version: string, more: Partial<DraftRequest> = {}): Promise<ReleaseAnswer> =>
  accepted(await draftRelease(desk.ctx, drafting(version, more)));
export const published = async (desk: Desk, version: string, when: string | null = null): Promise<ReleaseAnswer> =>
  accepted(await publishNotes(desk.ctx, { version, at: when === null ? null : at(when), author: 'Ann' }));
export const scheduled = async (desk: Desk, version: string, window = 'next', time: string | null = null): Promise<ReleaseAnswer> =>
  accepted(await scheduleRelease(desk.ctx, { version, window, at: time, author: 'Ann' }));

/** Drafted, published and planned into the Saturday from 10:00 to 12:00. */
export const ready = async (desk: Desk, version: string): Promise<string> => {
  const id = await announced(desk);
  await drafted(desk, version);
  await published(desk, version);
  await scheduled(desk, version, id);
  return id;
};

export const deploying = (
  desk: Desk,
  version: string,
  more: Partial<Parameters<typeof recordDeployment>[1]> = {},
): Promise<ReleaseAnswer | Refusal> =>
  recordDeployment(desk.ctx, { version, at: null, kind: 'deploy', emergency: null, author: 'Ann', ...more });
