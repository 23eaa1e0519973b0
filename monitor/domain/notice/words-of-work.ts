/** How planned work is told: maintenance, releases, and a release whose window nobody has announced. */
import type { NoticeType } from './notice-kind.ts';
import { at, fromTo, length, line, MOST_TITLE, ofIso, type Payload, type Say } from './notice-text.ts';

const onMaintenance = (payload: Payload) => {
  const id = line(payload['maintenance'], 64);
  return { path: `/maintenance/${id}`, console: `/admin/maintenance/${id}` };
};
const onRelease = (payload: Payload) => {
  const version = line(payload['version'], 64);
  return { path: `/releases/${version}`, console: `/admin/releases/${version}` };
};

const maintenance =
  (did: string): Say =>
  (payload, zone) => {
    const { announced_ms: announced, excluded_ms: excluded } = payload;
    const counts =
      typeof announced === 'number' && typeof excluded === 'number'
        ? ` Of its ${length(announced)}, ${excluded === announced ? 'all' : excluded === 0 ? 'nothing' : length(excluded)} counts as excluded from availability.`
        : '';
    return {
      title: `Maintenance ${did}: ${line(payload['title'], MOST_TITLE - 24)}`,
      paragraphs: [`F${fromTo(ofIso(payload['start']), ofIso(payload['end']), zone).slice(1)}.${counts}`],
      ...onMaintenance(payload),
    };
  };

export const WORK_WORDS = {
  'maintenance.announced': maintenance('announced'),
  'maintenance.revised': maintenance('revised'),
  'maintenance.completed': maintenance('completed'),
  'maintenance.cancelled': maintenance('cancelled'),
  'release.published': (payload) => ({
    title: `Release notes of ${line(payload['version'], 64)} are public: ${line(payload['title'], 120)}`,
    paragraphs: [payload['amended'] === true ? 'They were public before and say something else now.' : 'Customers can read what changes.'],
    ...onRelease(payload),
  }),
  'release.deployed': (payload, zone) => ({
    title: `Release ${line(payload['version'], 64)} was ${payload['rollback'] === true ? 'taken back' : 'deployed'}`,
    paragraphs: [
      `At ${at(ofIso(payload['deployed_at']), zone)}${
        payload['outside_window'] === true
          ? ', outside any announced window: what was down then counts as downtime, and the report says so.'
          : '.'
      }`,
    ],
    ...onRelease(payload),
  }),
  'report.final': () => ({ title: 'A report is final', paragraphs: [], path: '/', console: '/admin/reports' }),
  'report.revised': () => ({ title: 'A report was revised', paragraphs: [], path: '/', console: '/admin/reports' }),
  'ops.announcement_missing': (payload, zone) => {
    const version = line(payload['version'], 64);
    const passed = payload['passed'] === true;
    return {
      title: passed
        ? `Release ${version}: the time to announce its window has passed`
        : `Release ${version} is planned, and its window is not announced`,
      paragraphs: [
        `It is planned for ${at(payload['start'], zone)}, and no announced maintenance holds that time.`,
        passed
          ? `It had to be announced by ${at(payload['deadline'], zone)} to be excluded. What is announced now is excluded in part or not at all; the rest counts as downtime.`
          : `Announce it by ${at(payload['deadline'], zone)}, or what is down then is not excluded and counts as downtime.`,
        `Announce it in the console or with avow maintenance announce, or take the release out of the window: avow release unschedule ${version}`,
      ],
      path: '/maintenance',
      console: `/admin/releases/${version}`,
    };
  },
} as const satisfies Partial<Record<NoticeType, Say>>;
