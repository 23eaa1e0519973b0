/** The store as a whole. */
import { makeBackup } from '#monitor/actions/make-backup.ts';
import { SOCKET_OWNER } from '#monitor/context.ts';
import { backupShape, doctorShape } from '../answers/records.ts';
import { asksNothing, type LongDoor } from '../room.ts';

export const doctorDoor: LongDoor = {
  path: '/doctor',
  title: 'Store',
  needs: 'store:backup',
  summary: 'Rebuild what is shown from the evidence and compare',
  shape: doctorShape,
  schema: null,
  work: ({ doctor }) => asksNothing(doctor),
};

/** It writes where it is told to on the machine itself, which is for its owner alone. */
export const backupDoor: LongDoor = {
  path: '/backup',
  title: 'Store',
  needs: null,
  summary: 'Make a backup',
  shape: backupShape,
  schema: makeBackup.schema,
  work: ({ backup }) => (backup ? (asked, told) => backup(SOCKET_OWNER, asked, told) : null),
};
