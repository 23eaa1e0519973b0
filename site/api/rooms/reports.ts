/** Reports, and whether one is what the evidence says. */
import { reportVerbs } from '#monitor/actions/report-requests.ts';
import { closeShape, filesShape, pagesShape, verifyShape, whatIfShape } from '../answers/records.ts';
import { type LongRoom, longRoom } from '../room.ts';

/** A request may hold a whole report. */
const REPORT_BYTES = 32 * 1_024 * 1_024;

export const reportsRoom: LongRoom = longRoom({
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
});
