/** Incidents, and the texts to begin posts with. */
import { incidentVerbs } from '#monitor/actions/incident-requests.ts';
import { incidentTemplatesView } from '#monitor/views/incident-templates.ts';
import { allIncidentsView, openIncidentsView } from '#monitor/views/incidents.ts';
import { incidentShape, incidentsShape, incidentTemplateShape, incidentTemplatesShape } from '../answers/incidents.ts';
import { type Room, room, USUAL_BYTES, view } from '../room.ts';

export const incidentsRoom: Room = room({
  path: '/incidents',
  title: 'Incidents',
  verbs: incidentVerbs,
  entries: {
    open: { needs: 'incidents:write', summary: 'Open an incident', shape: incidentShape },
    update: { needs: 'incidents:write', summary: 'Post an update', shape: incidentShape },
    resolve: { needs: 'incidents:write', summary: 'Resolve it', shape: incidentShape },
    'template-save': { needs: 'incidents:write', summary: 'Keep a text to begin posts with', shape: incidentTemplateShape },
    'template-remove': { needs: 'incidents:write', summary: 'Remove such a text', shape: incidentTemplateShape },
  },
  acting: (verbs, { actor }) => verbs.incidents(actor),
  views: {
    '/': view({ needs: 'status:read', summary: 'Open incidents, with authors', shape: incidentsShape, show: openIncidentsView }),
    '/all': view({ needs: 'status:read', summary: 'All incidents, with authors', shape: incidentsShape, show: allIncidentsView }),
    '/templates': view({
      needs: 'status:read',
      summary: 'Texts to begin posts with',
      shape: incidentTemplatesShape,
      show: incidentTemplatesView,
    }),
  },
  mostBytes: USUAL_BYTES,
});
