/** People, their sessions and their tokens. */
import { peopleVerbs, tokenVerbs } from '#monitor/actions/people-requests.ts';
import type { PeopleContext } from '#monitor/actions/people-verb.ts';
import { peopleView } from '#monitor/views/people.ts';
import {
  accessShape,
  endedShape,
  factorRemovedShape,
  invitationRevokedShape,
  linkShape,
  sessionsShape,
  setUpLinkShape,
  standingShape,
  tokenMadeShape,
  tokenRevokedShape,
} from '../answers/people.ts';
import { type Asking, type Room, room, USUAL_BYTES, view } from '../room.ts';
import type { Verbs } from '../verbs.ts';

/** Verbs of people judge once more what is grave, by who asks. */
const peopleContext = ({ people }: Verbs, { actor, permissions, proved }: Asking): PeopleContext | null =>
  people ? { ...people(actor), permissions, proved } : null;

export const peopleRoom: Room = room({
  path: '/people',
  title: 'People',
  verbs: peopleVerbs,
  entries: {
    invite: { needs: 'people:write', summary: 'Invite somebody by a link', shape: linkShape },
    'reset-password': { needs: 'people:write', summary: 'Make a link to a new password', shape: linkShape },
    'revoke-invitation': { needs: 'people:write', summary: 'Take a link back', shape: invitationRevokedShape },
    role: { needs: 'people:write', summary: 'Give somebody another role', shape: standingShape },
    customers: { needs: 'people:write', summary: 'Say which customers an account manager has', shape: standingShape },
    disable: { needs: 'people:write', summary: 'Let somebody in no more', shape: standingShape },
    enable: { needs: 'people:write', summary: 'Let them in again', shape: standingShape },
    'remove-second-factor': { needs: 'people:write', summary: 'Remove a second factor that is lost', shape: factorRemovedShape },
    sessions: { needs: 'people:write', summary: "Somebody's sessions", shape: sessionsShape },
    'end-session': { needs: 'people:write', summary: 'End a session', shape: endedShape },
    'end-sessions': { needs: 'people:write', summary: 'End all sessions of somebody', shape: endedShape },
    'set-up-link': { needs: null, summary: 'Make the link for the first admin', shape: setUpLinkShape },
  },
  acting: peopleContext,
  views: { '/': view({ needs: 'people:write', summary: 'People, open links and tokens', shape: accessShape, show: peopleView }) },
  mostBytes: USUAL_BYTES,
});

export const tokensRoom: Room = room({
  path: '/tokens',
  title: 'Tokens',
  verbs: tokenVerbs,
  entries: {
    make: { needs: 'people:write', summary: 'Make a token; it is shown once', shape: tokenMadeShape },
    revoke: { needs: 'people:write', summary: 'Revoke a token', shape: tokenRevokedShape },
  },
  acting: peopleContext,
  views: {},
  mostBytes: USUAL_BYTES,
});
