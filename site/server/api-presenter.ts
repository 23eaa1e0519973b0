/** Views as public JSON documents through the API; readable from any origin, without credentials. */
import type { Hono } from 'hono';
import { describeOverall, overallState } from '#domain/sla/overall.ts';
import { instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import type { PreparedLocals } from '../api/app.ts';
import { prepare } from './prepare.ts';
import type { Prepared } from './prepared.ts';
import { type Presenter, PUBLIC_CACHE } from './public-route.ts';
import { BARE_POLICY } from './security-headers.ts';

const prepareJson = (body: Uint8Array, asOf: number): Promise<Prepared> =>
  prepare({
    status: 200,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': PUBLIC_CACHE,
      Vary: 'Accept-Encoding',
      'Access-Control-Allow-Origin': '*',
      'Content-Security-Policy': BARE_POLICY,
    },
    body,
    asOf,
  });

/** The documents' shape with nothing known: before the first fact, or when rendering fails. */
const nothingKnown = (now: number, asOf: number | null, pageName: string): Promise<Prepared> => {
  const overall = overallState([]);
  const body = {
    page: { id: 'unknown', name: pageName, url: '', time_zone: 'UTC', updated_at: isoOf(instant(asOf ?? now)) },
    components: [],
    incidents: [],
    scheduled_maintenances: [],
    status: { indicator: overall.indicator, description: describeOverall(overall) },
    stale: true,
    as_of: asOf === null ? null : isoOf(instant(asOf)),
  };
  return prepareJson(Buffer.from(JSON.stringify(body)), asOf ?? now);
};

export const apiPresenter = (api: Hono<{ Bindings: Partial<PreparedLocals> }>): Presenter => ({
  async present(request, locals, asOf) {
    const response = await api.request(request, undefined, { view: locals.view, chrome: locals.chrome });
    if (response.status === 404) return null;
    if (response.status !== 200) throw new Error(`the API answered ${response.status} for ${new URL(request.url).pathname}`);
    return prepareJson(new Uint8Array(await response.arrayBuffer()), asOf);
  },
  settingUp: ({ generatedAtMs, pageName }) => nothingKnown(generatedAtMs, null, pageName),
  withoutRenderer: (_old, asOf, now) => nothingKnown(now, asOf, 'Status'),
});
