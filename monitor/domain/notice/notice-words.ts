/**
 * What ops are told, in plain sentences for whoever is woken by them: what it is, since when (in the zone of the policy and in UTC), what it
 * means for customers and figures, what to do next. English. From a row of the outbox to a title of one line, the instant it is about,
 * paragraphs (the first says when, and only that where there is more to say), and where to look on the status page and in the console. Pure.
 */
import type { Instant } from '../time/instant.ts';
import type { NoticeType } from './notice-kind.ts';
import type { NoticeWords, Payload, Say } from './notice-text.ts';
import { AVOW_WORDS } from './words-of-avow.ts';
import { INCIDENT_WORDS } from './words-of-incidents.ts';
import { WORK_WORDS } from './words-of-work.ts';

export interface NoticeRow {
  readonly type: NoticeType;
  readonly payload: Payload;
  readonly recordedAt: Instant;
}

const SAYS: Readonly<Record<NoticeType, Say>> = { ...INCIDENT_WORDS, ...WORK_WORDS, ...AVOW_WORDS };

export const noticeWords = ({ type, payload, recordedAt }: NoticeRow, zone: string): NoticeWords => {
  const words = SAYS[type](payload, zone, recordedAt);
  return words.title === '' ? { ...words, title: type } : words;
};
