/** docs/access.md says what the roles may, as the product has it. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ALL_PERMISSIONS, PERMISSIONS, permissionsOf, ROLE_WORDS, ROLES } from '#domain/access/permission.ts';

const table = [
  `| | scope | ${ROLES.map((role) => ROLE_WORDS[role]).join(' | ')} |`,
  `| --- | --- | ${ROLES.map(() => '---').join(' | ')} |`,
  ...ALL_PERMISSIONS.map(
    (scope) =>
      `| ${PERMISSIONS[scope]} | \`${scope}\` | ${ROLES.map((role) => (permissionsOf(role).has(scope) ? 'yes' : '')).join(' | ')} |`,
  ),
].join('\n');

it('the table of roles in the documentation is the one that holds', () => {
  const text = readFileSync(new URL('../../../docs/access.md', import.meta.url), 'utf8');
  const [, shown = ''] = /<!-- roles:[^>]*-->\n([\s\S]*?)\n<!-- end of roles -->/.exec(text) ?? [];
  expect(shown).toBe(table);
});
