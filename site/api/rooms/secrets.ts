/** The key of the secrets. */
import { secretsVerbs } from '#monitor/actions/secrets-requests.ts';
import { secretsRotatedShape } from '../answers/people.ts';
import { type Room, room, USUAL_BYTES } from '../room.ts';

export const secretsRoom: Room = room({
  path: '/secrets',
  title: 'Secrets',
  verbs: secretsVerbs,
  entries: { rotate: { needs: null, summary: 'Seal what is stored with a new key', shape: secretsRotatedShape } },
  acting: ({ secrets }, { actor }) => secrets?.(actor) ?? null,
  views: {},
  mostBytes: USUAL_BYTES,
});
