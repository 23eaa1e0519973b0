/** The form of a component: fields beside the lines of the file. */
import { describe, expect, test } from 'vitest';
import { componentText, isFieldFault, typedComponent } from '#monitor/config/component-text.ts';

const ENTRY = {
  slug: 'api',
  name: 'API',
  group: 'Core',
  http: { url: 'https://api.example.com/health', headers: { Authorization: 'Bearer abc', Accept: 'text/plain' } },
  interval: '30s',
};

describe('a component in the form', () => {
  test('comes back as it was', () => {
    expect(typedComponent(componentText(ENTRY))).toEqual(ENTRY);
    expect(typedComponent(componentText({ ...ENTRY, critical: false }))).toEqual({ ...ENTRY, critical: false });
  });
  test.each([
    ['', 'as in the file'],
    ['- a', 'as in the file'],
    ['http: [', 'line 1'],
    ['a: 1\nb: {', 'line 2'],
    ['name: x\nhttp: https://a.example', '“name” has a field of its own'],
    ['a: &x [1]\nb: *x', 'anchors'],
    [`http: ${'x'.repeat(20_001)}`, 'shorten it'],
  ])('%j is refused with a sentence', (check, sentence) => {
    const read = typedComponent({ fields: { slug: 'a', name: 'A', description: '', group: '' }, critical: true, check });
    expect(isFieldFault(read) && read.message).toContain(sentence);
  });
});
