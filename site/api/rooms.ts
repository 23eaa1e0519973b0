/**
 * Every verb and every view that a door of Avow answers, by room. The socket serves them to the owner of the data folder, who may
 * everything; the API to people and tokens, who may what stands in the room. The order is that of the description of the API.
 */
import type { LongDoor, LongRoom, Room } from './room.ts';
import { auditRoom, verifyRecordsDoor } from './rooms/audit.ts';
import { componentsRoom } from './rooms/components.ts';
import { configurationRoom } from './rooms/configuration.ts';
import { incidentsRoom } from './rooms/incidents.ts';
import { ledgerRoom } from './rooms/ledger.ts';
import { maintenanceRoom } from './rooms/maintenance.ts';
import { noticesRoom } from './rooms/notices.ts';
import { peopleRoom, tokensRoom } from './rooms/people.ts';
import { releasesRoom } from './rooms/releases.ts';
import { reportsRoom } from './rooms/reports.ts';
import { secretsRoom } from './rooms/secrets.ts';
import { backupDoor, doctorDoor } from './rooms/store.ts';

export const rooms: readonly Room[] = [
  maintenanceRoom,
  incidentsRoom,
  releasesRoom,
  ledgerRoom,
  componentsRoom,
  configurationRoom,
  noticesRoom,
  peopleRoom,
  tokensRoom,
  secretsRoom,
  auditRoom,
];
export const longRooms: readonly LongRoom[] = [reportsRoom];
export const longDoors: readonly LongDoor[] = [doctorDoor, verifyRecordsDoor, backupDoor];
