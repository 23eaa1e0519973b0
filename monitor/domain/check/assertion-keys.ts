/** What a check asserts of an answer, as keys of the file, in the order in which it is judged. */
import type { CheckDefinition } from './check-definition.ts';

const numbered = (key: string, list: readonly unknown[]): string[] => list.map((_, index) => `${key}[${index}]`);

export const assertionKeys = (definition: CheckDefinition): string[] => {
  if (definition.kind === 'http')
    return [
      ...(definition.url.startsWith('https:') ? ['tls'] : []),
      'expect.status',
      ...numbered('expect.headers', definition.expectHeaders),
      ...numbered('expect.body', definition.expectBody),
      ...numbered('expect.json', definition.expectJson),
    ];
  if (definition.kind === 'tls') return ['tls'];
  if (definition.kind === 'tcp') return definition.expect === null ? [] : ['expect'];
  return definition.kind === 'dns' ? ['expect'] : [];
};
