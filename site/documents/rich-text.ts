/** Words as HTML that is safe in any reader. The one place where they become markup of documents. */
import { safeHtml } from '../markdown.ts';
import { cleanText, el, elementText } from './xml.ts';

/** What people wrote, as Markdown under a title of its own. */
export const htmlOf = (markdown: string): string => safeHtml(cleanText(markdown), 1);

/** A sentence of ours. */
export const paragraphOf = (text: string): string => elementText(el('p', {}, [text]));
