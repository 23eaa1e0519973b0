/** The two calendars in words: what is announced, and what is reserved. Pure. */
import type { CalendarView, MaintenanceEvent, ReservedEvent } from '#monitor/views/calendars.ts';
import { windowText } from '../format.ts';
import type { Words } from '../i18n/en/words.ts';
import { wordsOf } from '../i18n/words.ts';
import { hrefFrom } from '../links.ts';
import type { PageLocals } from '../server/prepared.ts';
import { accountText } from './feed.ts';
import { type IcalEvent, icalText } from './ical.ts';

type Chrome = PageLocals['chrome'];

/** A name in the form of RFC 7986, which no other installation has. */
const uidOf = (uid: string, instanceId: string): string => `${uid}@${instanceId}`;

const described = (event: MaintenanceEvent, zone: string, { feeds, lang }: Words): string =>
  [
    feeds.window(windowText(lang, zone, event)),
    event.body,
    ...(event.releases.length === 0 ? [] : [feeds.changes(event.releases.map(({ version, title }) => feeds.change(version, title)))]),
    accountText(event, feeds),
    feeds.concerns(event.components),
  ].join('\n\n');

export const maintenanceIcal = ({ events, instanceId, zone }: CalendarView<MaintenanceEvent>, chrome: Chrome): string => {
  const words = wordsOf(chrome.lang);
  const { feeds } = words;
  return icalText({
    name: feeds.maintenanceCalendar(chrome.pageName),
    about: feeds.maintenanceCalendarAbout(chrome.pageName),
    events: events.map(
      (event): IcalEvent => ({
        ...event,
        uid: uidOf(event.uid, instanceId),
        status: event.cancelled ? 'CANCELLED' : 'CONFIRMED',
        summary: feeds.eventTitle(chrome.pageName, event.title),
        description: described(event, zone, words),
        url: chrome.origin + hrefFrom(chrome, event.path),
        categories: [feeds.category, ...(event.components ?? [])],
      }),
    ),
  });
};

export const reservedIcal = ({ events, instanceId, zone }: CalendarView<ReservedEvent>, chrome: Chrome): string => {
  const { feeds, lang } = wordsOf(chrome.lang);
  return icalText({
    name: feeds.reservedCalendar(chrome.pageName),
    about: feeds.reservedCalendarAbout(chrome.pageName),
    events: events.map(
      (event): IcalEvent => ({
        ...event,
        uid: uidOf(event.uid, instanceId),
        status: event.announced ? 'CANCELLED' : 'TENTATIVE',
        summary: feeds.reservedTitle(chrome.pageName),
        description: [feeds.window(windowText(lang, zone, event)), event.announced ? feeds.reservedTaken : feeds.reservedFree].join('\n\n'),
        url: chrome.origin + hrefFrom(chrome, '/maintenance'),
        categories: [feeds.category],
      }),
    ),
  });
};
