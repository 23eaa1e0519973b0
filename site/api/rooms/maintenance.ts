/** Announcements and reserved windows. */
import { maintenanceVerbs } from '#monitor/actions/maintenance-requests.ts';
import { maintenanceView } from '#monitor/views/maintenance.ts';
import { announcementShape, maintenanceShape } from '../answers/maintenance.ts';
import { type Room, room, USUAL_BYTES, view } from '../room.ts';

export const maintenanceRoom: Room = room({
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
});
