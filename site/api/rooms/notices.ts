/** Channels, dead letters and tests. */
import { noticeVerbs } from '#monitor/actions/notice-requests.ts';
import { deliveriesView } from '#monitor/views/deliveries.ts';
import { deliveriesShape, noticeShape } from '../answers/records.ts';
import { type Room, room, USUAL_BYTES, view } from '../room.ts';

export const noticesRoom: Room = room({
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
});
