/**
 * What is typed into the form of an announcement, from a form or from an address, and what it asks of the verbs. Nothing is judged here:
 * a field that is no date or time goes on as it was typed, and the rules say what is wrong with it. Pure.
 */
import type { Draft } from '#domain/draft.ts';
import type { NewAnnouncement } from '#domain/maintenance/announcing.ts';
import type { Change } from '#domain/maintenance/changing.ts';
import type { Refusal } from '#domain/refusal.ts';
import type { AnnounceOffer } from '#monitor/views/announce-page.ts';
import type { PresentFields } from '#monitor/views/announcement-desk.ts';

/** `slot`: a local date, or "other", and then `date` is meant. `scope`: "all" or "some", and then `components` (slugs, parted by a space). */
export const FIELDS = ['slot', 'date', 'from', 'to', 'scope', 'components', 'title', 'body'] as const;
export type AnnouncementValues = Readonly<Record<(typeof FIELDS)[number], string>>;

/** As it was typed; `all`: every value of one name. */
export const readValues = (all: (name: string) => readonly string[]): AnnouncementValues => {
  const one = (name: string): string => all(name).at(-1) ?? '';
  return {
    slot: one('slot'),
    date: one('date'),
    from: one('from'),
    to: one('to'),
    scope: one('scope') === 'some' ? 'some' : 'all',
    // Ticked, or typed one after another.
    components: [...new Set(all('component').flatMap((names) => names.split(/[\s,]+/)))].filter((name) => name !== '').join(' '),
    title: one('title'),
    body: one('body').replaceAll('\r\n', '\n'),
  };
};

export const dateOf = ({ slot, date }: Pick<AnnouncementValues, 'slot' | 'date'>): string => (slot === 'other' ? date : slot);

/** What stands in an empty form: the slot that is asked for, else the first one that is free and in time; the whole of it. */
export const emptyValues = ({ choices, first }: AnnounceOffer, asked: string | null): AnnouncementValues => {
  const wanted = asked ?? first ?? choices[0]?.date ?? '';
  const offered = choices.find(({ date }) => date === wanted);
  const [any] = choices;
  return {
    slot: offered ? wanted : 'other',
    date: offered ? '' : wanted,
    from: (offered ?? any)?.from ?? '',
    to: (offered ?? any)?.to ?? '',
    scope: 'all',
    components: '',
    title: '',
    body: '',
  };
};

export const askedOf = (values: AnnouncementValues): NewAnnouncement => ({
  window: { slot: dateOf(values), from: values.from, to: values.to },
  components: values.scope === 'all' ? '*' : values.components.split(' ').filter((slug) => slug !== ''),
  title: values.title,
  body: values.body,
});

/** Only what was made different: the rest stays to the millisecond. */
export const changeOf = (values: AnnouncementValues, present: PresentFields): Change => {
  const date = dateOf(values);
  return {
    ...(date === present.slot ? {} : { slot: date }),
    ...(values.from === present.from ? {} : { from: values.from }),
    ...(values.to === present.to ? {} : { to: values.to }),
    ...(values.title === present.title ? {} : { title: values.title }),
    ...(values.body === present.body ? {} : { body: values.body }),
  };
};

/** A draft's document as values: whatever is not text was not written by this form. */
export const valuesOfDraft = ({ document }: Pick<Draft, 'document'>): AnnouncementValues =>
  Object.fromEntries(FIELDS.map((name) => [name, typeof document[name] === 'string' ? document[name] : ''])) as AnnouncementValues;

/** The form's name for what a refusal speaks of; null: the whole. */
export const fieldOf = ({ code, facts }: Pick<Refusal, 'code' | 'facts'>, values: AnnouncementValues): string | null => {
  switch (code) {
    case 'bad_slot':
      return values.slot === 'other' ? 'date' : 'slot';
    case 'slot_taken':
    case 'spans_two_slots':
      return 'slot';
    case 'bad_time':
      return facts['time'] === values.from ? 'from' : 'to';
    case 'ends_before_it_starts':
      return 'to';
    case 'in_the_past':
      return facts['what'] === 'end' ? 'to' : 'from';
    case 'no_components':
    case 'unknown_component':
      return 'components';
    case 'bad_text':
      return String(facts['field']);
    default:
      return null;
  }
};
