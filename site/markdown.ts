/**
 * Markdown that people wrote as HTML that cannot act: markdown-it parses, and what is written is written here, tag by tag, from the list
 * below; whatever is not on it becomes its text. No HTML of theirs, no attribute but the address of a link, links to http, https and
 * mailto only, no pictures (their words, as a link). Pure. Source: reliability P12.
 */
import MarkdownIt from 'markdown-it';

const parser = new MarkdownIt({ html: false, linkify: false, typographer: false });
type Token = ReturnType<typeof parser.parse>[number];

/** Written as they are, without any attribute. */
const PLAIN_TAGS: ReadonlySet<string> = new Set([
  'p',
  'ul',
  'ol',
  'li',
  'blockquote',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'em',
  'strong',
  's',
]);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

/** The address when it leads where links may lead; null otherwise. */
const safeAddress = (given: unknown): string | null =>
  typeof given === 'string' && /^(https?:\/\/[^/\s]|mailto:[^\s])/i.test(given) ? given : null;

const opening = (address: string): string => `<a href="${escaped(address)}" rel="nofollow noopener">`;

interface Writing {
  /** Headings begin one below this level; the highest of the text becomes that one. */
  readonly under: number;
  readonly highest: number;
  /** Whether each open link was written. */
  readonly links: boolean[];
}

const headingTag = (tag: string, { under, highest }: Writing): string => `h${Math.min(6, under + 1 + Number(tag.slice(1)) - highest)}`;

const link = (token: Token, { links }: Writing): string => {
  if (token.nesting < 0) return links.pop() ? '</a>' : '';
  const address = links.includes(true) ? null : safeAddress(token.attrGet('href'));
  links.push(address !== null);
  return address === null ? '' : opening(address);
};

const picture = (token: Token, { links }: Writing): string => {
  const address = links.includes(true) ? null : safeAddress(token.attrGet('src'));
  const words = wordsOf(token.children ?? []);
  if (address === null) return escaped(words);
  return `${opening(address)}${escaped(words === '' ? address : words)}</a>`;
};

/** Tight lists hide their paragraphs. */
const tagOf = (token: Token, writing: Writing): string => {
  if (token.hidden) return '';
  const tag = /^h[1-6]$/.test(token.tag) ? headingTag(token.tag, writing) : PLAIN_TAGS.has(token.tag) ? token.tag : null;
  if (tag === null) return '';
  return token.nesting < 0 ? `</${tag}>` : `<${tag}>`;
};

const write = (tokens: readonly Token[], writing: Writing): string =>
  tokens
    .map((token) => {
      switch (token.type) {
        case 'inline':
          return write(token.children ?? [], writing);
        case 'link_open':
        case 'link_close':
          return link(token, writing);
        case 'image':
          return picture(token, writing);
        case 'softbreak':
          return '\n';
        case 'hardbreak':
          return '<br>';
        case 'hr':
          return '<hr>';
        case 'code_inline':
          return `<code>${escaped(token.content)}</code>`;
        case 'fence':
        case 'code_block':
          return `<pre><code>${escaped(token.content)}</code></pre>`;
        default:
          return token.nesting === 0 ? escaped(token.content) : tagOf(token, writing);
      }
    })
    .join('');

/** `under`: the level of the heading that the text stands under. */
export const safeHtml = (markdown: string, under: number): string => {
  const tokens = parser.parse(markdown, {});
  const levels = tokens.filter(({ type }) => type === 'heading_open').map(({ tag }) => Number(tag.slice(1)));
  return write(tokens, { under, highest: Math.min(6, ...levels), links: [] });
};

const wordsOf = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => {
      if (token.type === 'softbreak' || token.type === 'hardbreak') return ' ';
      if (token.type === 'image') return wordsOf(token.children ?? []);
      return token.nesting === 0 ? token.content : '';
    })
    .join('');

/** The same as text for feeds, calendars and programs: a line for each paragraph and heading, a dash before each item, no addresses. */
export const plainOf = (markdown: string): string => {
  let item = false;
  const lines = parser.parse(markdown, {}).flatMap((token) => {
    if (token.type === 'list_item_open') item = true;
    if (token.type === 'fence' || token.type === 'code_block') return [token.content.trimEnd()];
    if (token.type !== 'inline') return [];
    const dash = item ? '- ' : '';
    item = false;
    return [`${dash}${wordsOf(token.children ?? []).trim()}`];
  });
  return lines.join('\n');
};
