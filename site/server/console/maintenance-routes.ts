/** Maintenance in the console: what runs and what is to come, the form of a new announcement, and each announcement. */
import { instant } from '#domain/time/instant.ts';
import { deskShelf, maintenanceDesk } from '#monitor/views/maintenance-desk.ts';
import type { Verbs } from '../../api/verbs.ts';
import { announceRoutes } from './announce-routes.ts';
import { announcementRoutes } from './announcement-routes.ts';
import type { ConsoleAsk, ConsoleRoute } from './console-route.ts';
import { eyesOf } from './maintenance-eyes.ts';
import { type Answer, LIST, reads, wholeNumber } from './maintenance-places.ts';

export const maintenanceRoutes = (verbs: Pick<Verbs, 'maintenance' | 'changed'>): readonly ConsoleRoute[] => {
  const past = deskShelf();
  const list = async (ask: ConsoleAsk): Answer => {
    const before = wholeNumber(ask.query.get('before') ?? '');
    return { show: { ...(await maintenanceDesk(ask.context, before === null ? null : instant(before), past)), eyes: eyesOf(ask) } };
  };
  return [reads(LIST, list), ...announceRoutes(verbs), ...announcementRoutes(verbs)];
};
