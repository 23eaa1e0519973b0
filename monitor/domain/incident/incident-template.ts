/**
 * A text that ops keep to begin posts with: a name, a title for incidents that are opened with it, and words for each status that it is
 * for. Nothing of it is public. The name is who it is: saving one of that name changes it. Refuses a name, title or text that cannot be
 * posted, one without words, what somebody changed since it was seen, and more than anybody would choose from. Lengths in UTF-16 units.
 */
import { nameKey, readText } from '../maintenance/text-rules.ts';
import { utcWords } from '../maintenance/words.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Instant } from '../time/instant.ts';
import { POSTED_STATUSES, type PostedStatus } from './incident-fact.ts';

export type TemplateTexts = Readonly<Partial<Record<PostedStatus, string>>>;
export interface IncidentTemplate {
  readonly id: string;
  readonly name: string;
  /** Of an incident that is opened with it; null: none. */
  readonly title: string | null;
  /** Markdown by status; at least one. */
  readonly texts: TemplateTexts;
  /** Null: nobody was named. */
  readonly author: string | null;
  readonly recordedAt: Instant;
  /** Raised with every change. */
  readonly version: number;
}
export interface TemplateAsked {
  readonly name: string;
  readonly title: string | null;
  readonly texts: TemplateTexts;
  /** The version that was seen, 0: there was none; absent: whatever it says by now. */
  readonly basedOn?: number | undefined;
}

export const MOST_TEMPLATES = 100;
const MOST_NAME = 60;

const readName = (given: string): string | Refusal => {
  const name = readText('title', given);
  if (isRefusal(name))
    return refuse(
      'bad_text',
      name.message.replace('The title', 'The name').replace(/is empty\..*/, 'is empty. Call it as you would look for it.'),
      { field: 'name' },
    );
  return name.length <= MOST_NAME
    ? name
    : refuse('bad_text', `The name has ${name.length} characters, and ${MOST_NAME} is the most. Shorten it.`, {
        field: 'name',
        most: MOST_NAME,
      });
};
const readWords = (given: TemplateTexts): TemplateTexts | Refusal => {
  const read = POSTED_STATUSES.flatMap((status): [PostedStatus, string | Refusal][] => {
    const text = given[status] ?? '';
    return text.trim() === '' ? [] : [[status, readText('body', text)]];
  });
  for (const [status, text] of read)
    if (isRefusal(text))
      return refuse('bad_text', text.message.replace('The body', `The text for ${status}`), { ...text.facts, field: status });
  return read.length > 0
    ? (Object.fromEntries(read) as TemplateTexts)
    : refuse('bad_text', `The template says nothing. Write a text for at least one of ${POSTED_STATUSES.join(', ')}.`, {
        field: 'investigating',
      });
};

/** The one of that name, whatever its case and spaces. */
export const templateNamed = (all: readonly IncidentTemplate[], name: string): IncidentTemplate | null =>
  all.find((one) => nameKey(one.name) === nameKey(name)) ?? null;
export const noTemplate = (name: string): Refusal =>
  refuse('unknown_template', `There is no template "${name.slice(0, MOST_NAME)}". \`avow incident template list\` shows them all.`, {
    template: name.slice(0, MOST_NAME),
  });
export const templateChanged = ({ name, author, recordedAt, version }: IncidentTemplate): Refusal =>
  refuse(
    'template_changed',
    `${author ?? 'Somebody'} changed the template "${name}" at ${utcWords(recordedAt)}. Look at it, then save yours on top or leave theirs.`,
    {
      name,
      author,
      version,
    },
  );

/** What is to be written. */
export const decideTemplate = (
  asked: TemplateAsked,
  all: readonly IncidentTemplate[],
): Pick<IncidentTemplate, 'name' | 'title' | 'texts' | 'version'> | Refusal => {
  const name = readName(asked.name);
  if (isRefusal(name)) return name;
  const title = (asked.title ?? '').trim() === '' ? null : readText('title', asked.title ?? '');
  if (isRefusal(title)) return title;
  const texts = readWords(asked.texts);
  if (isRefusal(texts)) return texts;
  const there = templateNamed(all, name);
  const seen = asked.basedOn;
  if (there && seen !== undefined && seen !== there.version) return templateChanged(there);
  if (!there && seen !== undefined && seen !== 0) return noTemplate(name);
  if (!there && all.length >= MOST_TEMPLATES)
    return refuse('too_many_templates', `There are ${all.length} templates, which is the most. Remove one first.`, {
      most: MOST_TEMPLATES,
    });
  return { name, title, texts, version: (there?.version ?? 0) + 1 };
};
