/** The calendars that people subscribe to. */
import {
  type CalendarView,
  type MaintenanceEvent,
  maintenanceCalendar,
  type ReservedEvent,
  reservedCalendar,
} from '#monitor/views/calendars.ts';
import { maintenanceIcal, reservedIcal } from '../documents/calendars.ts';
import { ICAL_TYPE } from '../documents/ical.ts';
import type { DocumentRoute } from './document-presenter.ts';
import { nobodysChrome } from './nobody.ts';

const NOTHING = { instanceId: '', zone: 'UTC', events: [] } as const;
const named = (name: string) => ({ 'Content-Disposition': `inline; filename="${name}.ics"` });

export const calendarRoutes: readonly DocumentRoute[] = [
  {
    pattern: '/maintenance.ics',
    type: ICAL_TYPE,
    spoken: true,
    headers: named('maintenance'),
    view: maintenanceCalendar,
    draw: (view, chrome) => maintenanceIcal(view as CalendarView<MaintenanceEvent>, chrome),
    blank: (chrome, asOf) => maintenanceIcal(NOTHING, chrome ?? nobodysChrome(asOf)),
  },
  {
    pattern: '/reserved.ics',
    type: ICAL_TYPE,
    spoken: true,
    headers: named('reserved'),
    view: reservedCalendar,
    draw: (view, chrome) => reservedIcal(view as CalendarView<ReservedEvent>, chrome),
    blank: (chrome, asOf) => reservedIcal(NOTHING, chrome ?? nobodysChrome(asOf)),
  },
];
