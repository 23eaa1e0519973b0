/**
 * Whether what a report excludes, and what it refuses to, follows from the announcements in it: judged once more from their revisions,
 * by the reserve and the notice that the report names. Hangs on the time zones of the reserve. Source: semantics B2, D5.
 */
import { sameName } from '../maintenance/text-rules.ts';
import { type Announcement, type JudgedAnnouncement, judgeAnnouncement } from '../sla/announcement.ts';
import { after, DAY, millis } from '../time/instant.ts';
import { type Interval, intersect, lengthOf, subtract, union } from '../time/interval.ts';
import { isoOf } from '../time/iso.ts';
import { reserveOf } from './check-period.ts';
import type { ReportAnnouncement, ReportDocument, ReportExclusion, ReportRefusedExclusion } from './report-document.ts';
import { breach, mismatch, type ReportFault, unless } from './report-fault.ts';
import { atOf, stretchOf } from './report-times.ts';

/** Revisions that lie further apart are not judged once more: nobody moves a window so far. */
const FARTHEST_MS = 800 * DAY;

const isBy = (author: string | null, name: string): boolean => author !== null && sameName(author, name);
const calculatorForm = ({ id, components, revisions, imported, import_approved_by, ...one }: ReportAnnouncement): Announcement => ({
  id,
  components,
  revisions: revisions.map((revision) => ({ rev: revision.rev, recordedAt: atOf(revision.announced_at), ...stretchOf(revision) })),
  cancelledAt: one.cancelled_at === null ? null : atOf(one.cancelled_at),
  completedAt: one.completed_at === null ? null : atOf(one.completed_at),
  unapprovedImport: imported && (import_approved_by === null || revisions.some((one) => isBy(one.author, import_approved_by))),
});

const isNear = ({ revisions }: Announcement): boolean => {
  const all = union(revisions);
  const [first, last] = [all[0], all.at(-1)];
  return !first || !last || lengthOf({ start: first.start, end: last.end }) <= FARTHEST_MS;
};

type Windows = JudgedAnnouncement['effective'];
/** Announcement → revision → its windows: a file may hold a hundred thousand of each. */
type Effective = ReadonlyMap<string, ReadonlyMap<number, Windows>>;

const exclusionFaults = (line: ReportExclusion, effective: Effective): ReportFault[] =>
  line.announcements.flatMap(({ id, rev, announced_at }) => {
    const [where, one] = [`exclusions.${line.id}`, effective.get(id)];
    if (!one) return [breach(where, id, 'the report has no such announcement')];
    const windows = (one.get(rev) ?? []).filter((window) => isoOf(window.announcedAt) === announced_at);
    const left = subtract([stretchOf(line)], windows);
    return unless(
      left.length === 0,
      where,
      `${line.start} to ${line.end}`,
      `revision ${rev} of announcement ${id} does not exclude all of it`,
    );
  });

const text = ({ start, end }: Interval, reason: string): string => `${isoOf(start)}/${isoOf(end)} ${reason}`;

/** What the announcement itself does not exclude, each part with its reason; the other reasons come from the components. */
const refusedFaults = (
  refused: readonly ReportRefusedExclusion[],
  id: string,
  one: JudgedAnnouncement,
  period: Interval,
): ReportFault[] => {
  const own = refused.filter(({ reason }) => reason !== 'down_elsewhere' && reason !== 'not_critical');
  const found = one.refused.flatMap((part) => {
    const common = intersect(part, period);
    return common ? [text(common, part.reason)] : [];
  });
  return mismatch(
    `refused (of announcement ${id})`,
    own
      .map((line) => text(stretchOf(line), line.reason))
      .sort()
      .join(', '),
    found.sort().join(', '),
  );
};

/**
 * What holds with any time zones: a line names a revision that is in the report, lies in its window, and begins no earlier than the
 * revision was public. Without it a report could excuse anything by naming time zones that nobody has.
 */
export const checkAnnounced = ({ exclusions, announcements, policy }: ReportDocument): ReportFault[] => {
  const revisions = new Map(announcements.flatMap(({ id, revisions: all }) => all.map((one) => [`${id}/${one.rev}`, one] as const)));
  return exclusions.flatMap((line) =>
    line.announcements.flatMap(({ id, rev, announced_at }) => {
      const one = revisions.get(`${id}/${rev}`);
      const [part, known] = [stretchOf(line), atOf(announced_at)];
      const says = one && one.announced_at === announced_at && subtract([part], [stretchOf(one)]).length === 0;
      return unless(
        Boolean(says) && after(known, millis(policy.min_notice_ms)) <= part.start,
        `exclusions.${line.id}`,
        `${line.start} to ${line.end}`,
        `revision ${rev} of announcement ${id} did not announce all of it in time`,
      );
    }),
  );
};

export const checkExclusions = (report: ReportDocument): ReportFault[] => {
  const [period, reserve, notice] = [stretchOf(report.period), reserveOf(report), millis(report.policy.min_notice_ms)];
  const forms = report.announcements.map(calculatorForm);
  const judged = new Map(forms.filter(isNear).map((one) => [one.id, judgeAnnouncement(one, reserve, notice)]));
  const effective: Effective = new Map([...judged].map(([id, one]) => [id, Map.groupBy(one.effective, ({ rev }) => rev)]));
  const refused = Map.groupBy(report.refused, ({ announcement }) => announcement);
  return [
    ...forms.flatMap((one) => unless(judged.has(one.id), `announcements.${one.id}`, 'its revisions', 'they lie years apart')),
    ...report.exclusions.flatMap((line) => [
      ...unless(line.announcements.length > 0, `exclusions.${line.id}.announcements`, 'nobody', 'only what was announced is excluded'),
      ...exclusionFaults(line, effective),
    ]),
    ...[...judged].flatMap(([id, one]) => refusedFaults(refused.get(id) ?? [], id, one, period)),
  ];
};
