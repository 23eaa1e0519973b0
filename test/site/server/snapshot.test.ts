import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { readSnapshot, SNAPSHOT_FILE, type Snapshot, snapshotKeeper } from '#site/server/snapshot.ts';
import { quiet } from '../../support/front-rig.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'avow-snapshot-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const good: Snapshot = {
  version: 2,
  around: {
    pageName: 'Example',
    pageUrl: 'https://www.example.com/',
    zone: 'UTC',
    support: [{ kind: 'telephone', label: '+1 555 555 0100', link: 'tel:+15555550100' }],
    brand: {
      logo: { href: '/brand/logo.svg?v=0123456789abcdef', alt: '', width: 96, height: 32 },
      accent: '#0a6ed1',
      links: [{ label: 'Imprint', link: 'https://www.example.com/imprint' }],
      footer: 'Example Ltd.',
    },
    frame: {
      window: {
        start: instant(1_780_000_000_000),
        end: instant(1_780_003_600_000),
        state: 'reserved',
        id: null,
        title: null,
        components: '*',
      },
      reserveZone: 'America/New_York',
    },
  },
  views: [{ key: '/', pattern: '/', params: {}, view: { state: 'operational' }, asOf: 1_780_000_000_000 }],
};
const path = (): string => join(folder, SNAPSHOT_FILE);
const save = async (): Promise<void> => {
  const keeper = snapshotKeeper(folder, () => good, new VirtualClock(), quiet);
  keeper.touch();
  await keeper.close();
};

test('what is written is read again, and is for its owner only', async () => {
  await save();
  expect(await readSnapshot(folder, quiet)).toEqual(good);
  expect(statSync(path()).mode & 0o777).toBe(0o600);
});

describe('a folder somebody else has been in', () => {
  test('a link in place of the temporary file is not written through', async () => {
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'precious');
    symlinkSync(victim, `${path()}.tmp`);
    await save();
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(await readSnapshot(folder, quiet)).toEqual(good);
  });
  test('a link, a pipe or a folder in place of the snapshot is no snapshot', async () => {
    symlinkSync('/dev/zero', path());
    expect(await readSnapshot(folder, quiet)).toBeNull();
    rmSync(path());
    execFileSync('mkfifo', [path()]);
    expect(await readSnapshot(folder, quiet)).toBeNull();
  });
  test.each([
    ['a link that is a script', { around: { ...good.around, pageUrl: 'javascript:alert(1)' } }],
    ['a link to a file', { around: { ...good.around, pageUrl: 'file:///etc/passwd' } }],
    ['a channel that is a script', { around: { ...good.around, support: [{ kind: 'chat', label: 'x', link: 'javascript:alert(1)' }] } }],
    ['views of another shape', { views: [{ key: '/', pattern: '/', params: { slug: 1 }, view: [], asOf: 'now' }] }],
    ['another version', { version: 1 }],
  ])('%s is not taken', async (_name, change) => {
    writeFileSync(path(), JSON.stringify({ ...good, ...change }));
    expect(await readSnapshot(folder, quiet)).toBeNull();
  });
});
