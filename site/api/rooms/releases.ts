/** Releases, their notes and their gate. */
import { releaseVerbs } from '#monitor/actions/release-requests.ts';
import { releaseListView } from '#monitor/views/release-list.ts';
import { gateShape, releaseShape, releasesShape } from '../answers/releases.ts';
import { type Room, room, view } from '../room.ts';

/** 100 000 characters of notes, each written as an escape at worst. */
const NOTES_BYTES = 1_024 * 1_024;

export const releasesRoom: Room = room({
  path: '/releases',
  title: 'Releases',
  verbs: releaseVerbs,
  entries: {
    draft: { needs: 'releases:write', summary: 'Draft a release or its notes', shape: releaseShape },
    'publish-notes': { needs: 'releases:write', summary: 'Publish the notes', shape: releaseShape },
    schedule: { needs: 'releases:write', summary: 'Plan it into an announced window', shape: releaseShape },
    unschedule: { needs: 'releases:write', summary: 'Take it out of its window', shape: releaseShape },
    tested: { needs: 'releases:write', summary: 'Record that a hotfix was tested', shape: releaseShape },
    deployed: { needs: 'releases:deploy', summary: 'Record that it went to production', shape: releaseShape },
    'may-deploy': { needs: 'releases:deploy', summary: 'Ask whether it may go to production now', shape: gateShape },
  },
  acting: (verbs, { actor }) => verbs.maintenance(actor),
  views: {
    '/': view({ needs: 'status:read', summary: 'Releases and drafts', shape: releasesShape, show: releaseListView }),
  },
  mostBytes: NOTES_BYTES,
});
