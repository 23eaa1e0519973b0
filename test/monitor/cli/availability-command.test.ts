/** `avow availability` with files that people get wrong: each fault a sentence with its place, and an exit code. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Io } from '#monitor/cli/command.ts';
import { runVerb } from '#monitor/cli/main.ts';
import { tempFolder } from '../../support/temp-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** Runs the verb over files of these contents: `case0.json`, `case1.json` … */
const answer = async (contents: readonly unknown[], ...more: string[]): Promise<{ code: number; out: string[]; err: string[] }> => {
  await using folder = await tempFolder();
  const files = contents.map((_, index) => `case${index}.json`);
  for (const [index, content] of contents.entries())
    await writeFile(join(folder.path, files[index] ?? ''), typeof content === 'string' ? content : JSON.stringify(content));
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: (line) => void out.push(line),
    err: (text) => void err.push(...text.split('\n')),
    env: {},
    cwd: folder.path,
    clock: new VirtualClock(),
    lifetime: () => {
      throw new Error('This verb does not run until stopped.');
    },
  };
  return { code: await runVerb(['availability', ...(files.length > 0 ? ['--case', ...files] : []), ...more], io), out, err };
};
const month = { period: { month: '2026-06' }, components: [{ id: 'app' }] };

describe('avow availability', () => {
  it('answers with one line, named after the file when the case has no name', async () => {
    const { code, out, err } = await answer([month]);
    expect({ code, err, lines: out.length }).toEqual({ code: 0, err: [], lines: 1 });
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      name: 'case0',
      result: { period_ms: 2_592_000_000, availability: '100.0000', verdict: 'met' },
    });
  });
  it('exits 0 whatever the verdict, and 1 when the case expects something else, which it names', async () => {
    const missed = { ...month, components: [{ id: 'app', outages: [{ start: '2026-06-05T00:00:00Z', end: '2026-06-06T00:00:00Z' }] }] };
    expect((await answer([missed])).code).toBe(0);
    const { code, out, err } = await answer([{ ...missed, expected: { verdict: 'met', downtime_ms: 86_400_000, credit_minor: 0 } }]);
    expect({ code, lines: out.length, err }).toEqual({
      code: 1,
      lines: 1,
      err: ['case0.json: verdict is "missed", and the case expects "met".', 'case0.json: credit_minor is nothing, and the case expects 0.'],
    });
  });
  it('exits 2 when one file cannot be read, and answers the others all the same', async () => {
    const { code, out, err } = await answer(['{', { ...month, expected: { verdict: 'missed' } }, month], 'gone.json');
    expect({ code, lines: out.length }).toEqual({ code: 2, lines: 2 });
    expect(err).toHaveLength(3);
    expect(err[0]).toMatch(/^case0\.json: the file is not JSON: .*line 1 column 2.*Mend it, or give another file\.$/);
    expect(err[1]).toBe('case1.json: verdict is "met", and the case expects "missed".');
    expect(err[2]).toBe('gone.json: there is no such file. Check the path; relative ones start at the folder you stand in.');
  });
  it('without a file is wrong use', async () => {
    expect(await answer([])).toEqual({
      code: 2,
      out: [],
      err: ['avow availability needs --case FILE, a case to compute.', '`avow help availability` shows how it is used.'],
    });
  });
  it('says that nothing can be down when no component is critical', async () => {
    const { code, err } = await answer([{ ...month, components: [{ id: 'app', critical: false }] }]);
    expect({ code, err }).toEqual({
      code: 0,
      err: ['case0.json: note that no component is critical, so nothing in this case can be down.'],
    });
  });

  const faults: readonly (readonly [what: string, document: unknown, sentences: readonly string[]])[] = [
    ['a list', [], ['the case must be a mapping of keys and values, not a list']],
    ['no period', {}, ['period is missing; give a mapping of keys and values']],
    [
      'two periods',
      { period: { month: '2026-06', start: '2026-06-01T00:00:00Z' } },
      ['period must have either "month", or both "start" and "end"'],
    ],
    ['no such month', { period: { month: '2026-13' } }, ['period.month must be a month such as 2026-03, not "2026-13"']],
    [
      'an instant without an offset',
      { period: { start: '2026-06-01T00:00:00', end: '2026-06-02T00:00:00Z' } },
      [
        'period.start must be an instant with an offset, in whole milliseconds, such as 2026-03-08T01:30:00-05:00, not "2026-06-01T00:00:00"',
      ],
    ],
    ['a key with a slip', { ...month, announcments: [] }, ['announcments is not a key of this mapping; did you mean "announcements"?']],
    [
      'an announcement of nothing',
      { ...month, announcements: [{ id: 'a', start: '2026-06-13T14:00:00Z' }] },
      ['announcements[0] must have "announced_at", "start" and "end", or "revisions"'],
    ],
    [
      'components that are neither all nor a list',
      {
        ...month,
        announcements: [
          { announced_at: '2026-06-01T00:00:00Z', start: '2026-06-13T14:00:00Z', end: '2026-06-13T15:00:00Z', components: 'app' },
        ],
      },
      ['announcements[0].components must be "*" or a list of component ids'],
    ],
    [
      'a result that is at two times',
      {
        ...month,
        components: [{ id: 'app', probes: { nyc: [{ at: '2026-06-01T00:00:00Z', from: '2026-06-01T00:00:00Z', outcome: 'ok' }] } }],
      },
      ['components[0].probes.nyc[0] must have either "at", or "from", "to" and "every_ms"'],
    ],
    [
      'more results than a case can mean',
      {
        ...month,
        components: [
          { id: 'app', probes: { nyc: [{ from: '2026-06-01T00:00:00Z', to: '2026-07-01T00:00:00Z', every_ms: 1, outcome: 'ok' }] } },
        ],
      },
      ['components[0].probes.nyc must have at most 5000000 results, and these entries make 2592000000; is "every_ms" right?'],
    ],
    [
      'a quorum that can never be reached',
      { ...month, components: [{ id: 'app', probes: { nyc: [] }, quorum: 2 }] },
      ['components[0] has 1 location and a quorum of 2; lower the quorum'],
    ],
    [
      'several at once',
      { ...month, rules: { target_ppm: 99.5, count_degraded: 'yes' }, credit: { monthly_fee_minor: -1, tiers: [] } },
      [
        'rules.count_degraded must be true or false, not text',
        'rules.target_ppm must be a whole number from 0 to 1000000, not 99.5',
        'credit.monthly_fee_minor must be a whole number from 0 to 9007199254740991, not -1',
      ],
    ],
  ];
  it.each(faults)('refuses %s', async (_, document, sentences) => {
    const { code, out, err } = await answer([document]);
    expect({ code, out, err }).toEqual({ code: 2, out: [], err: sentences.map((sentence) => `case0.json: ${sentence}`) });
  });
});
