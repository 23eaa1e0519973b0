/** What people wrote, as HTML that is safe in any reader. The one place where their words become markup of documents. */
import { cleanText, el, elementText } from './xml.ts';

/** One paragraph of plain text; line breaks stay. */
const paragraph = (text: string): string =>
  elementText(
    el(
      'p',
      {},
      text.split('\n').flatMap((line, i) => (i === 0 ? [line] : [el('br'), line])),
    ),
  );

/** Paragraphs are parted by empty lines. */
export const htmlOf = (text: string): string =>
  cleanText(text)
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(paragraph)
    .join('');

/** Notes of a release are Markdown. Shown as they were typed. */
export const notesHtmlOf = (markdown: string): string => htmlOf(markdown);
