/**
 * Releases in the console: every one as it stands, the newest first, one page at a time; and one with everything about it: revisions of
 * its notes with their authors, the gate, the windows that can take it, and what customers see. Plain JSON, instants as ms, as of now.
 * Not for the public.
 */
import { readAnnouncements } from '#db/queries/announcements.ts';
import { readEmergencies } from '#db/queries/emergencies.ts';
import { readRelease, readReleases } from '#db/queries/releases.ts';
import { type AnnouncementFact, currentRevision } from '#domain/maintenance/announcement-fact.ts';
import { dateIn, nextSlots } from '#domain/maintenance/window.ts';
import { type EmergencyFact, emergencyState, standingEmergency } from '#domain/release/emergency.ts';
import { type Gate, gateOf } from '#domain/release/gate-conditions.ts';
import { type GateAnswer, mayDeploy } from '#domain/release/may-deploy.ts';
import { type DiffLine, notesDiff } from '#domain/release/notes-diff.ts';
import type { DeploymentFact, ReleaseFact } from '#domain/release/release-fact.ts';
import { notesInTime } from '#domain/release/release-gate.ts';
import { type ReleaseStanding, releaseStanding } from '#domain/release/release-standing.ts';
import { effectiveAt, notesDueBy, type ReleaseTerms } from '#domain/release/release-window.ts';
import type { Policy } from '#domain/sla/terms.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type Interval, overlaps } from '#domain/time/interval.ts';
import type { Context } from '#monitor/context.ts';
import { buildReleasePage, type ReleasePageView } from './releases.ts';

const A_PAGE = 40;
/** Reserved Saturdays ahead that are told. */
const SATURDAYS = 6;

export interface ReleasePlace {
  readonly at: Instant;
  readonly id: string;
}
export interface ReleaseRow extends ReleaseStanding {
  readonly draftedAt: Instant;
}
export interface ConsoleReleasesView {
  readonly asOf: Instant;
  readonly zone: string;
  readonly reserveZone: string;
  readonly releases: readonly ReleaseRow[];
  readonly next: ReleasePlace | null;
  readonly further: boolean;
}

const termsOf = ({ reserve, minNoticeMs, notesLeadMs }: Policy): ReleaseTerms => ({ reserve, minNoticeMs, notesLeadMs });
type Asked = Pick<Context, 'store' | 'clock' | 'config'>;

export const consoleReleases = async ({ store, clock, config }: Asked, before: ReleasePlace | null): Promise<ConsoleReleasesView> => {
  const asOf = clock.now();
  const [announcements, facts] = await Promise.all([readAnnouncements(store), readReleases(store)]);
  const terms = termsOf(config.policy);
  const rest = facts
    .toReversed()
    .filter(({ recordedAt, version }) => before === null || recordedAt < before.at || (recordedAt === before.at && version < before.id));
  const shown = rest.slice(0, A_PAGE);
  const last = shown.at(-1);
  return {
    asOf,
    zone: config.policy.zone,
    reserveZone: terms.reserve.zone,
    releases: shown.flatMap((fact) => {
      const standing = releaseStanding(fact, announcements, terms, asOf);
      return standing ? [{ ...standing, draftedAt: fact.recordedAt }] : [];
    }),
    next: rest.length > A_PAGE && last ? { at: last.recordedAt, id: last.version } : null,
    further: before !== null,
  };
};

/** An announced window that a release could go into, or why not. */
export interface WindowChoice extends Interval {
  readonly announcement: string;
  readonly title: string;
  readonly notesDueBy: Instant;
  /** Null: it can take the release. */
  readonly why: 'before_tested' | 'notes_late' | null;
}
export interface RevisionLine {
  readonly rev: number;
  readonly recordedAt: Instant;
  readonly author: string | null;
  /** The name was proved by signing in; not: it is what somebody said of themselves. */
  readonly authenticated: boolean;
  /** When it became public, or will; null: it never did. */
  readonly publicAt: Instant | null;
}
export interface ConsoleReleaseView {
  readonly asOf: Instant;
  readonly zone: string;
  readonly reserveZone: string;
  readonly standing: ReleaseStanding;
  /** The last revision of its notes, public or not; "" without any. */
  readonly notes: string;
  readonly rev: number;
  readonly revisions: readonly RevisionLine[];
  /** What the last revision changes against the one before it, or against the one that is public. */
  readonly diff: { readonly from: number; readonly to: number; readonly lines: readonly DiffLine[] } | null;
  readonly gate: Gate;
  readonly answer: GateAnswer;
  readonly windows: readonly WindowChoice[];
  /** Reserved and not announced: the local date, as the form that announces takes it. */
  readonly reserved: readonly (Interval & { readonly date: string })[];
  readonly emergency: (EmergencyFact & { readonly state: 'waiting' | 'approved' }) | null;
  readonly emergencies: readonly (EmergencyFact & { readonly state: string })[];
  /** Who recorded its deployments, in order. Whoever signed in could name no second person: that one signed in too. */
  readonly deployers: readonly (Pick<DeploymentFact, 'author' | 'approvedBy' | 'reason'> & { readonly authenticated: boolean })[];
  /** What anybody sees of it; null: nobody outside knows of it. */
  readonly customers: ReleasePageView | null;
}

const windowsFor = (
  fact: ReleaseFact,
  announcements: readonly AnnouncementFact[],
  terms: ReleaseTerms,
  publicFrom: Instant | null,
  now: Instant,
): WindowChoice[] =>
  announcements
    .filter(({ imported, ending }) => !imported && ending === null)
    .flatMap((one) =>
      effectiveAt(one, terms, now)
        .filter(({ end }) => end > now)
        .map(({ start, end }): WindowChoice => {
          const late = !notesInTime(publicFrom ?? now, start, terms.notesLeadMs);
          const early = fact.testedAt !== null && start < fact.testedAt;
          const why = early ? 'before_tested' : late ? 'notes_late' : null;
          const due = notesDueBy({ start, end }, terms);
          return { announcement: one.id, title: currentRevision(one).title, start, end, notesDueBy: due, why };
        }),
    )
    .sort((a, b) => a.start - b.start);

/** `revisions`: which two to compare; null: the last with the one before it. `asker`: who would record an emergency. */
export const consoleRelease = async (
  { store, clock, config }: Asked,
  version: string,
  revisions: { readonly from: number; readonly to: number } | null,
  asker: string,
): Promise<ConsoleReleaseView | null> => {
  const asOf = clock.now();
  const fact = await readRelease(store, version);
  if (!fact) return null;
  const [announcements, emergencies] = await Promise.all([readAnnouncements(store), readEmergencies(store, version)]);
  const { policy } = config;
  const terms = termsOf(policy);
  const standing = releaseStanding(fact, announcements, terms, asOf);
  const gate = gateOf(fact, announcements, terms, asOf);
  if (!standing || !gate) return null;
  const emergency = standingEmergency(emergencies, fact, asOf);
  const claim =
    emergency?.approval && emergency.state === 'approved'
      ? { reason: emergency.reason, approvedBy: emergency.approval.approvedBy, author: asker }
      : null;
  const rev = fact.notes.at(-1)?.rev ?? 0;
  const compared = revisions ?? { from: rev - 1, to: rev };
  const [old, now] = [compared.from, compared.to].map((one) => fact.notes.find((note) => note.rev === one));
  const windows = windowsFor(fact, announcements, terms, standing.publicFrom, asOf);
  return {
    asOf,
    zone: policy.zone,
    reserveZone: terms.reserve.zone,
    standing,
    notes: fact.notes.at(-1)?.notes ?? '',
    rev,
    revisions: fact.notes.map((note) => ({
      rev: note.rev,
      recordedAt: note.recordedAt,
      author: note.author,
      authenticated: note.authenticated ?? false,
      publicAt: fact.publications.find((one) => one.rev === note.rev)?.publicAt ?? null,
    })),
    diff: old && now ? { ...compared, lines: notesDiff(old.notes, now.notes) } : null,
    gate,
    answer: mayDeploy(version, fact, announcements, terms, asOf, claim),
    windows,
    reserved: nextSlots(terms.reserve, asOf, SATURDAYS)
      .filter((slot) => !announcements.some((one) => one.ending?.kind !== 'cancelled' && overlaps(currentRevision(one), slot)))
      .map(({ start, end }) => ({ start, end, date: dateIn(terms.reserve.zone, start) })),
    emergency,
    emergencies: emergencies.map((one) => ({ ...one, state: emergencyState(one, fact, asOf) })).reverse(),
    deployers: fact.deployments.map(({ author, authenticated = false, approvedBy, reason }) => ({
      author,
      authenticated,
      approvedBy,
      reason,
    })),
    customers: buildReleasePage(version, { announcements, releases: [fact] }, { terms, zone: policy.zone }, asOf),
  };
};
