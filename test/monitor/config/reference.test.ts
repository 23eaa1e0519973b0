import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderFault } from '#monitor/config/fault.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';
import { configurationReference } from '#monitor/config/reference.ts';

const docs = (name: string): Buffer => readFileSync(new URL(`../../../docs/${name}`, import.meta.url));
const environment = { secret: () => null, ownPorts: [4321] };

describe('the documentation of the configuration', () => {
  it('is what the schemas say; if not, run: node test/monitor/config/write-reference.ts', () => {
    expect(docs('configuration.md').toString()).toBe(configurationReference());
  });
  it('shows a shortest file that works', () => {
    const shortest = /```yaml\n([^`]+)```/.exec(docs('configuration.md').toString())?.[1] ?? '';
    expect(isConfig(parseConfiguration(Buffer.from(shortest), 'avow.yaml', environment))).toBe(true);
  });
});

describe('the sample', () => {
  const result = parseConfiguration(docs('avow.sample.yaml'), 'docs/avow.sample.yaml', environment);
  it('is a configuration without a fault, and needs no secret', () => {
    expect(isConfig(result) ? [] : result.map(renderFault)).toEqual([]);
  });
  it('carries the terms of the support policy: Saturday 10:00 Eastern, five hours, 99.5 per cent, four channels', () => {
    if (!isConfig(result)) throw new Error('not a configuration');
    expect(result.policy).toEqual({
      zone: 'America/New_York',
      targetPpm: 995_000,
      reserve: { weekday: 'SAT', start: '10:00', durationMin: 300, zone: 'America/New_York' },
      minNoticeMs: 0,
      notesLeadMs: 0,
      unknownPolicy: 'exclude',
      countDegraded: false,
    });
    expect(result.support.map(({ kind }) => kind)).toEqual(['telephone', 'email', 'chat', 'online']);
  });
  it('says nothing that the defaults do not say of the policy', () => {
    const bare = parseConfiguration(Buffer.from('components: [{name: Website, http: "https://www.example.com/"}]'), 'a.yaml', environment);
    if (!isConfig(result) || !isConfig(bare)) throw new Error('not a configuration');
    expect(bare.policy).toEqual(result.policy);
  });
  it('agrees nothing with anybody; its example of a contract is one without a fault', () => {
    if (!isConfig(result)) throw new Error('not a configuration');
    expect(result.contracts).toEqual([]);
    const lines = docs('avow.sample.yaml').toString().split('\n');
    const [first, end] = [lines.indexOf('# credit_schedules:'), lines.indexOf('', lines.indexOf('# credit_schedules:'))];
    const example = lines.map((line, index) => (index >= first && index < end ? line.replace(/^# /, '') : line)).join('\n');
    const agreed = parseConfiguration(Buffer.from(example), 'docs/avow.sample.yaml', environment);
    expect(isConfig(agreed) ? agreed.contracts : agreed.map(renderFault)).toEqual([
      expect.objectContaining({
        id: 'northwind-main',
        monthlyFee: 500_000,
        critical: ['api', 'website'],
        schedule: {
          id: 'standard',
          tiers: [
            { belowPpm: 995_000, creditBp: 1_000 },
            { belowPpm: 990_000, creditBp: 2_500 },
            { belowPpm: 950_000, creditBp: 5_000 },
          ],
          capBp: 5_000,
          minCredit: 0,
        },
        amendments: [{ from: '2026-07', monthlyFee: 600_000 }],
      }),
    ]);
  });
  it('tells nobody; its example of telling is one without a fault', () => {
    if (!isConfig(result)) throw new Error('not a configuration');
    expect(result.ops).toEqual({ webhook: null, mail: null });
    const lines = docs('avow.sample.yaml').toString().split('\n');
    const [first, end] = [lines.indexOf('# ops:'), lines.indexOf('', lines.indexOf('# ops:'))];
    const example = lines.map((line, index) => (index >= first && index < end ? line.replace(/^# /, '') : line)).join('\n');
    const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
    const told = parseConfiguration(Buffer.from(example), 'docs/avow.sample.yaml', {
      ...environment,
      secret: () => secret,
      mailServer: true,
    });
    expect(isConfig(told) ? told.ops : told.map(renderFault)).toEqual({
      webhook: {
        url: 'https://hooks.example.com/avow',
        secrets: [secret],
        written: { url: 'https://hooks.example.com/avow', secret: '${OPS_WEBHOOK_SECRET}', previousSecret: null },
      },
      mail: { to: ['ops@example.com'], from: 'avow@example.com' },
    });
  });
  it('contacts nobody but reserved example names', () => {
    const hosts = [
      ...docs('avow.sample.yaml')
        .toString()
        .matchAll(/[a-z0-9-]+\.(?:com|net|org|io)\b/g),
    ].map(([host]) => host);
    expect(hosts.length).toBeGreaterThan(5);
    expect(hosts.filter((host) => host !== 'example.com')).toEqual([]);
  });
});
