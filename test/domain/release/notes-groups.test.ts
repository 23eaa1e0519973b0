import { describe, expect, it } from 'vitest';
import { notesGroups } from '#domain/release/notes-groups.ts';

describe('notes', () => {
  it('are grouped by the headings of keep a changelog, other text stays where it stands', () => {
    const text = 'Hello.\n\n### Added\n- One\n  more of it\n- Two\n\n### Fixed\n\n* Three\n\n## Thanks\n\nTo all.';
    expect(notesGroups(text)).toEqual([
      { kind: 'other', markdown: 'Hello.', items: [] },
      { kind: 'added', markdown: '- One\n  more of it\n- Two', items: ['One', 'Two'] },
      { kind: 'fixed', markdown: '* Three', items: ['Three'] },
      { kind: 'other', markdown: '## Thanks\n\nTo all.', items: [] },
    ]);
  });
  it('with the same heading twice are one group, and an empty heading is none', () => {
    expect(notesGroups('### added\n- a\n### Security ###\n### ADDED\n- b')).toEqual([
      { kind: 'added', markdown: '- a\n\n- b', items: ['a', 'b'] },
    ]);
  });
  it('keep a heading below a group in it, and headings within code are code', () => {
    expect(notesGroups('## Changed\n#### Details\n- a\n```\n### Fixed\n- not an item\n```\nafter')).toEqual([
      { kind: 'changed', markdown: '#### Details\n- a\n```\n### Fixed\n- not an item\n```\nafter', items: ['a'] },
    ]);
  });
  it('without headings are one group of other text; nothing is none', () => {
    expect(notesGroups('- a\n- b')).toEqual([{ kind: 'other', markdown: '- a\n- b', items: ['a', 'b'] }]);
    expect(notesGroups(' \n\n')).toEqual([]);
  });
});
