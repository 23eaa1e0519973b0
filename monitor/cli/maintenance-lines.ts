/** The maintenance view as lines for a terminal: slots of the reserve, then announcements with what counts and every revision. */
import type { AnnouncementView } from '#domain/maintenance/account.ts';
import {
  accountWords,
  componentWords,
  everywhere,
  instantWords,
  lengthWords,
  reserveWords,
  windowWords,
} from '#domain/maintenance/words.ts';
import type { MaintenanceView, SlotView } from '#monitor/views/maintenance.ts';
import { byWords } from './signed-words.ts';

const all = ({ running, upcoming, past }: MaintenanceView): readonly AnnouncementView[] => [...running, ...upcoming, ...past];

const slotLines = (slot: SlotView, view: MaintenanceView): string[] => {
  const inside = all(view).filter(({ id }) => slot.announcements.includes(id));
  const nothing = slot.state === 'past' ? 'nothing was announced; all of it counted' : 'nothing is announced; all of it counts';
  return [
    `${slot.state === 'running' ? 'now ' : '    '}${everywhere([view.reserve.zone, view.zone], slot)}`,
    `      reserved ${lengthWords(slot.reservedMs)}, announced ${lengthWords(slot.announcedMs)}, excluded ${lengthWords(slot.excludedMs)}`,
    ...(inside.length === 0
      ? [`      ${nothing}`]
      : inside.map(
          (one) =>
            `      ${one.id} "${one.title}" (${one.state}), ${windowWords(view.reserve.zone, one)}, ${componentWords(one.components)}`,
        )),
  ];
};

const announcementLines = (one: AnnouncementView, view: MaintenanceView): string[] => {
  const { zone } = view.reserve;
  const ending = one.ending
    ? [`      ${one.ending.kind} at ${instantWords(zone, one.ending.recordedAt)}${byWords(one.ending.author, one.ending.authenticated)}`]
    : [];
  const approval = one.approval
    ? [`      approved at ${instantWords(zone, one.approval.recordedAt)}${byWords(one.approval.approvedBy, one.approval.authenticated)}`]
    : [];
  return [
    `    ${one.id} "${one.title}" (${one.state}${one.imported ? ', imported' : ''}), ${componentWords(one.components)}`,
    `      ${everywhere([zone, view.zone], one)}`,
    ...accountWords(one, view.reserve).map((sentence) => `      ${sentence}`),
    ...one.revisions.map(
      (revision) =>
        `      revision ${revision.rev}, public at ${instantWords(zone, revision.publicAt)}${byWords(revision.author, revision.authenticated)}: ${windowWords(zone, revision)}, "${revision.title}"`,
    ),
    ...ending,
    ...approval,
  ];
};

const section = (title: string, lines: readonly string[], none: string): string[] => [
  title,
  ...(lines.length === 0 ? [`    ${none}`] : lines),
];

const reserveLine = ({ reserve, minNoticeMs }: MaintenanceView): string =>
  `The reserve is ${reserveWords(reserve)}. An announcement is in time ${minNoticeMs === 0 ? 'until a slot starts' : `until ${lengthWords(minNoticeMs)} before a slot starts`}.`;

export const nextLines = (view: MaintenanceView, slots: readonly SlotView[]): string[] => [
  reserveLine(view),
  ...slots.flatMap((slot) => slotLines(slot, view)),
];

export const listLines = (view: MaintenanceView): string[] => {
  const slots = (past: boolean): string[] =>
    view.slots.filter(({ state }) => (state === 'past') === past).flatMap((slot) => slotLines(slot, view));
  const told = (list: readonly AnnouncementView[]): string[] => list.flatMap((one) => announcementLines(one, view));
  return [
    reserveLine(view),
    ...section('Running:', told(view.running), 'nothing'),
    ...section('Coming:', told(view.upcoming), 'nothing is announced'),
    ...section('Over, cancelled or completed:', told(view.past), 'nothing'),
    ...section('Slots of the next three months:', slots(false), 'none'),
    ...section('Slots of the last three months:', slots(true), 'none'),
  ];
};
