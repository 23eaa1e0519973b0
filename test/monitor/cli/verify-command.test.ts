import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { ReportDocument } from '#domain/report/report-document.ts';
import { keyFromPem, sha256Hex } from '#monitor/actions/report-key.ts';
import type { Io } from '#monitor/cli/command.ts';
import { runVerb } from '#monitor/cli/main.ts';
import { systemClock } from '#monitor/clock.ts';
import { downOn, reportOf } from '../../domain/report/report-examples.ts';
import { down, monthFacts } from '../../domain/sla/examples.ts';
import { tempFolder } from '../../support/temp-store.ts';

const june = reportOf(
  monthFacts('2026-06', { components: [downOn(down('2026-06-10T00:00:00Z', '2026-06-10T10:00:00Z'))] }),
  {},
  { state: 'final' },
);
const key = keyFromPem(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'a key');
/** As anybody can seal it with a key of their own. */
const sealed = (report: ReportDocument): string => {
  const text = canonicalJson(report);
  const value = Buffer.from(key.sign(text)).toString('base64');
  const signature = { algorithm: 'Ed25519', key_id: key.id, value, public_key: key.publicPem };
  return canonicalJson({ report, sha256: sha256Hex(text), signature });
};

const verify = async (folder: string, ...argv: string[]) => {
  const out: string[] = [];
  const io: Io = {
    out: (line) => void out.push(line),
    err: (line) => void out.push(line),
    env: { AVOW_DATA: folder },
    cwd: folder,
    clock: systemClock,
    lifetime: () => {
      throw new Error('verify does not run until told to stop');
    },
  };
  return { code: await runVerb(['verify', '--alone', ...argv], io), said: out.join('\n') };
};

describe('avow verify', () => {
  test('a file that says something twice is no report, whichever of the two a parser would take', async () => {
    await using folder = await tempFolder();
    const whole = sealed(june);
    const files = {
      whole,
      figure: whole.replace('"verdict":"', '"verdict":"met","verdict":"'),
      report: whole.replace('{"report":', `{"report":${canonicalJson({ ...june, month: '2026-05' })},"report":`),
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text);
    expect((await verify(folder.path, 'whole')).said).toMatch(/ok {6}signature/);
    for (const name of ['figure', 'report'])
      expect(await verify(folder.path, name)).toEqual({
        code: 2,
        said: `${name}: no report that can be read.\n  WRONG   file      It names something twice in one place, so that two readers would see two reports.`,
      });
  });

  test('the CSV of a report is none that can be judged, and the sentence names the JSON', async () => {
    await using folder = await tempFolder();
    await writeFile(join(folder.path, 'file.csv'), 'kind,id,component\r\n');
    const { code, said } = await verify(folder.path, 'file.csv');
    expect([code, said]).toEqual([
      2,
      expect.stringMatching(/^file\.csv: no report that can be read\.\n.*It is a CSV; what is verified is the JSON beside it\.$/),
    ]);
  });

  test('a report that is not final is not judged: neither right nor wrong, and no yes', async () => {
    await using folder = await tempFolder();
    await writeFile(join(folder.path, 'june.json'), canonicalJson({ report: june, sha256: null, signature: null }));
    const says = 'It is not final: nothing was signed, and it may still change. Ask for it again when the month is closed.';
    expect(await verify(folder.path, 'june.json')).toEqual({ code: 1, said: `june.json: not judged.\n  unknown file      ${says}` });
    const { code, said } = await verify(folder.path, 'june.json', '--json');
    expect([code, JSON.parse(said)]).toEqual([1, { file: 'june.json', ok: null, findings: [{ what: 'file', ok: null, says }] }]);
    await writeFile(join(folder.path, 'words'), 'x');
    expect((await verify(folder.path, 'june.json', 'words')).code, 'what is no report weighs more').toBe(2);
  });

  test('what a file says cannot move the terminal, and no sentence is longer than a screen', async () => {
    await using folder = await tempFolder();
    const id = `\u001b[2J\u001b[1;1Hok\u202e\u009b${'x'.repeat(5_000)}`;
    await writeFile(join(folder.path, 'file'), sealed({ ...june, contract: { ...june.contract, id } }));
    const { code, said } = await verify(folder.path, 'file');
    expect(code).toBe(1);
    expect(said.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
    expect(Math.max(...said.split('\n').map((line) => line.length))).toBeLessThan(700);
  });

  test('a named pipe that nobody writes, a device and a folder without a store are told in a sentence', async () => {
    await using folder = await tempFolder();
    execFileSync('mkfifo', [join(folder.path, 'pipe')]);
    expect((await verify(folder.path, 'pipe')).said).toContain('It is no JSON: Unexpected end of JSON input.');
    expect((await verify(folder.path, '/dev/zero')).said).toContain('/dev/zero is no file.');
    expect((await verify(folder.path, folder.path)).said).toContain('There is no store at');
    expect((await verify(folder.path, 'nothing')).said).toMatch(/nothing cannot be read: there is no such file\. Check the path/);
    expect(await verify(folder.path, 'pipe', '--key', '/dev/zero')).toMatchObject({ code: 2 });
  });
});
