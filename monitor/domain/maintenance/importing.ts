/**
 * Announcements of a time before Avow, from mails and calendars: taken as records, marked, and without effect until a person
 * other than the importer approves with evidence of the original notice. Source: semantics B2, "After the fact".
 */
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Instant } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';
import { isoOf } from '../time/iso.ts';
import type { AnnouncementFact, Components } from './announcement-fact.ts';
import { type Decided, judgeComponents, judgeWindow, type Wording } from './announcing.ts';
import { findAnnouncement, type Situation } from './situation.ts';
import { readText, readTexts, sameName } from './text-rules.ts';
import { utcWords } from './words.ts';

export interface HistoricAnnouncement extends Wording {
  readonly window: Interval;
  readonly components: Components;
  /** When the original notice was public. */
  readonly announcedAt: Instant;
  readonly author: string;
}

/** The record to keep, or why it is none: it must lie in the past, whole. */
export const decideImport = (asked: HistoricAnnouncement, situation: Situation): (Decided & { readonly author: string }) | Refusal => {
  const texts = readTexts({ title: asked.title, body: asked.body, author: asked.author });
  if (isRefusal(texts)) return texts;
  const components = judgeComponents(asked.components, situation.components);
  if (isRefusal(components)) return components;
  const fault = judgeWindow(situation, asked.window);
  if (fault) return fault;
  const latest = asked.window.end > asked.announcedAt ? asked.window.end : asked.announcedAt;
  if (latest > situation.now)
    return refuse('not_over', `An import is a record of what is over, and ${isoOf(latest)} is still to come. Announce it instead.`, {
      latest_ms: latest,
      now_ms: situation.now,
    });
  return { ...asked.window, ...texts, components };
};

/** The approval to write, or why there can be none. */
export const decideApproval = (
  id: string,
  asked: { readonly approvedBy: string; readonly evidence: string },
  situation: Situation,
): { readonly fact: AnnouncementFact; readonly approvedBy: string; readonly evidence: string } | Refusal => {
  const fact = findAnnouncement(situation, id);
  if (isRefusal(fact)) return fact;
  const [approvedBy, evidence] = [readText('author', asked.approvedBy), readText('evidence', asked.evidence)];
  if (isRefusal(approvedBy)) return approvedBy;
  if (isRefusal(evidence)) return evidence;
  if (!fact.imported || fact.author === null)
    return refuse('not_an_import', `${id} was announced here, at the time; it needs no approval.`, { announcement: id });
  if (fact.approval)
    return refuse('already_approved', `${id} was approved by ${fact.approval.approvedBy} at ${utcWords(fact.approval.recordedAt)}.`, {
      announcement: id,
      approved_by: fact.approval.approvedBy,
    });
  if (sameName(fact.author, approvedBy))
    return refuse('same_person', `${fact.author} imported ${id}; a second person must approve it.`, {
      announcement: id,
      author: fact.author,
    });
  return { fact, approvedBy, evidence };
};
