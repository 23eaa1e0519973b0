/** Where the pages of maintenance lie, who may ask for them, and how a form of theirs comes back. */
import type { Refusal } from '#domain/refusal.ts';
import type { FormState } from '../prepared.ts';
import type { ConsoleAnswer, ConsoleAsk, ConsoleRoute } from './console-route.ts';
import { type AnnouncementValues, fieldOf } from './maintenance-form.ts';

export const LIST = '/admin/maintenance';
export const NEW = `${LIST}/new`;
export const VERDICT = `${LIST}/verdict`;
export const ONE = `${LIST}/:id{[A-Za-z0-9_-]{1,64}}`;
export const pathOf = (id: string): string => `${LIST}/${encodeURIComponent(id)}`;

export type Answer = Promise<ConsoleAnswer | null>;

export const reads = (pattern: string, answer: (ask: ConsoleAsk) => Answer, more: object = {}): ConsoleRoute => ({
  method: 'GET',
  pattern,
  needs: 'status:read',
  answer,
  ...more,
});
export const writes = (pattern: string, answer: (ask: ConsoleAsk) => Answer, again?: (ask: ConsoleAsk) => Answer): ConsoleRoute => ({
  method: 'POST',
  pattern,
  needs: 'maintenance:write',
  answer,
  ...(again && { again }),
});

/** Null: it is none. */
export const wholeNumber = (text: string): number | null => (/^\d{1,15}$/.test(text) ? Number(text) : null);

/** The form with what is wrong beside its field, or above it. */
export const faulty = (values: AnnouncementValues, refusal: Refusal): FormState => {
  const named = fieldOf(refusal, values);
  return named === null
    ? { values, faults: {}, refusal: refusal.message }
    : { values, faults: { [named]: refusal.message }, refusal: null, sees: seenBy(named, refusal) };
};
/** The window that stands in the way, by the field that names it. */
const seenBy = (named: string, { code, facts }: Refusal): Readonly<Record<string, string>> => {
  const there = (facts as { readonly announcement?: unknown }).announcement;
  return code === 'slot_taken' && typeof there === 'string' ? { [named]: pathOf(there) } : {};
};
