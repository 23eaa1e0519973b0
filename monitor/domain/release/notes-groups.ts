/**
 * Release notes by kind of change: the headings of keep a changelog (`### Added`, `Changed`, `Deprecated`, `Removed`, `Fixed`,
 * `Security`, of level 1 to 4 and in any case of letters) make groups; other text is kept as "other" where it stands. Text in, Markdown
 * out: nothing is interpreted but headings outside of fenced code, and the first lines of list items.
 */
const CHANGE_KINDS = ['added', 'changed', 'deprecated', 'removed', 'fixed', 'security'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface NotesGroup {
  readonly kind: ChangeKind | 'other';
  /** What stands under the heading, without it; under "other" with its own headings. */
  readonly markdown: string;
  /** First line of each item of the outermost lists. */
  readonly items: readonly string[];
}

const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const ITEM = /^ {0,1}(?:[-*+]|\d{1,9}[.)])[ \t]+(\S.*)$/;

const kindOf = (words: string): ChangeKind | null => {
  const word = words.trim().toLowerCase();
  return CHANGE_KINDS.find((kind) => kind === word) ?? null;
};

interface Part {
  readonly kind: NotesGroup['kind'];
  readonly level: number;
  readonly lines: string[];
  readonly items: string[];
}

/** In the order of their first appearance; a kind that is named twice is one group. Empty groups are left out. */
export const notesGroups = (markdown: string): NotesGroup[] => {
  const parts: Part[] = [];
  const open = (kind: NotesGroup['kind'], level: number): Part => {
    const part: Part = { kind, level, lines: [], items: [] };
    parts.push(part);
    return part;
  };
  let part = open('other', 0);
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const mark = FENCE.exec(line);
    const [, run = '', rest = ''] = mark ?? [];
    if (fence !== null) {
      if (mark && run.startsWith(fence) && rest.trim() === '') fence = null;
      part.lines.push(line);
      continue;
    }
    if (mark && !(run.startsWith('`') && rest.includes('`'))) {
      fence = run;
      part.lines.push(line);
      continue;
    }
    const heading = HEADING.exec(line);
    const level = heading?.[1]?.length ?? 0;
    const kind = heading && level <= 4 ? kindOf(heading[2] ?? '') : null;
    if (kind) part = open(kind, level);
    else {
      // A heading of another thing ends the group, unless it lies below.
      if (heading && part.kind !== 'other' && level <= part.level) part = open('other', level);
      part.lines.push(line);
      const item = ITEM.exec(line)?.[1];
      if (item !== undefined) part.items.push(item.trim());
    }
  }
  const groups = new Map<string, NotesGroup>();
  for (const [i, { kind, lines, items }] of parts.entries()) {
    const text = lines
      .join('\n')
      .replace(/^(?:[ \t]*\n)+/, '')
      .trimEnd();
    if (text === '') continue;
    const key = kind === 'other' ? `other ${i}` : kind;
    const known = groups.get(key);
    groups.set(
      key,
      known ? { kind, markdown: `${known.markdown}\n\n${text}`, items: [...known.items, ...items] } : { kind, markdown: text, items },
    );
  }
  return [...groups.values()];
};
