/** Sentinels over the real dialler and real loopback listeners; who is asked at all is decided by the kind of check. */
import { describe, expect, it } from 'vitest';
import type { CheckDefinition } from '#domain/check/check-definition.ts';
import { millis } from '#domain/time/instant.ts';
import { systemClock } from '#monitor/clock.ts';
import { createEgress } from '#monitor/egress/gateway.ts';
import { leavesMachine } from '#monitor/worker/check-kinds.ts';
import { createSentinels } from '#monitor/worker/sentinels.ts';
import { startTarget } from '../../support/target.ts';
import { loopbackTarget } from './model.ts';

const egress = createEgress({ clock: systemClock, ownPorts: () => [], selfOrigin: () => null });
const startUs = (): number => systemClock.monotonicUs();

describe('sentinels', () => {
  it('vouch when one of them answers, do not when none does, and say each turn once', async () => {
    const turns: string[] = [];
    const gone = await loopbackTarget();
    await gone[Symbol.asyncDispose]();
    const alive = await loopbackTarget();
    const sentinels = createSentinels({ clock: systemClock, egress: () => egress, onTurn: (state) => void turns.push(state) });
    try {
      expect(await sentinels.vouch(startUs())).toBeNull();
      sentinels.set([
        { host: '127.0.0.1', port: gone.port },
        { host: '127.0.0.1', port: alive.port },
      ]);
      expect(await Promise.all([sentinels.vouch(startUs()), sentinels.vouch(startUs())])).toEqual([true, true]);
      expect(sentinels.recent(60_000)).toBe(true);
      await alive[Symbol.asyncDispose]();
      const failingSince = startUs();
      expect(await sentinels.vouch(failingSince)).toBe(false);
      expect(sentinels.silentSince(failingSince)).toBe(true);
      expect(await sentinels.vouch(startUs())).toBe(false);
      expect(turns).toEqual(['blind']);
      sentinels.set([]);
      expect(sentinels.recent(60_000)).toBeNull();
    } finally {
      sentinels.stop();
    }
  });

  it('do not vouch for a check that began before the first answer after a silence, and do for the next', async () => {
    const target = await startTarget();
    const sentinels = createSentinels({ clock: systemClock, egress: () => egress, onTurn: () => undefined });
    try {
      sentinels.set([{ host: '127.0.0.1', port: target.port }]);
      expect(await sentinels.vouch(startUs())).toBe(true);
      await target.stop();
      expect(await sentinels.vouch(startUs())).toBe(false);
      // Refused at once while the network is away; it is back before anybody is asked again.
      const refused = startUs();
      await target.start();
      expect(await sentinels.vouch(refused)).toBe(false);
      expect(sentinels.silentSince(refused)).toBe(true);
      expect(await sentinels.vouch(startUs())).toBe(true);
    } finally {
      sentinels.stop();
      await target.stop();
    }
  });
});

describe('which checks leave this machine', () => {
  const http = (url: string): CheckDefinition => ({
    kind: 'http',
    url,
    method: 'GET',
    headers: {},
    body: null,
    maxRedirects: 0,
    expectStatus: [[200, 299]],
    expectHeaders: [],
    expectBody: [],
    expectJson: [],
    tls: { verify: true, expiresInDays: 0 },
  });
  const dns = (server: string | null): CheckDefinition => ({
    kind: 'dns',
    name: 'example.com',
    recordType: 'A',
    expectAnswers: [],
    server,
  });
  const cases: readonly (readonly [string, CheckDefinition, boolean])[] = [
    ['a public URL', http('https://status.example.com/x'), true],
    ['a private address', http('http://10.0.0.5:8080/'), true],
    ['a name that begins like loopback', http('http://127.0.0.1.example.com/'), true],
    ['localhost', http('http://localhost:3000/'), false],
    ['a name under localhost', http('http://api.localhost/'), false],
    ['127.0.0.1', http('http://127.0.0.1/'), false],
    ['[::1]', http('http://[::1]:3000/'), false],
    ['the resolvers of the system', dns(null), true],
    ['a resolver on this machine', dns('127.0.0.53:53'), false],
    ['a resolver on this machine, IPv6', dns('[::1]:53'), false],
    ['a resolver elsewhere', dns('192.0.2.53'), true],
    ['the self check', { kind: 'self' }, false],
    ['a heartbeat', { kind: 'heartbeat', tokenSha256: '', graceMs: millis(1) }, false],
  ];
  it.each(cases)('%s', (_, definition, leaves) => {
    expect(leavesMachine(definition)).toBe(leaves);
  });
});
