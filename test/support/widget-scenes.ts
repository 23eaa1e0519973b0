/** What the widget is shown in tests: believable, and hostile where text comes from people. */

import { overallState } from '#domain/sla/overall.ts';
import { HOUR, type Instant, instant, MINUTE } from '#domain/time/instant.ts';
import type { WidgetView } from '#monitor/views/widget.ts';

export const HOSTILE = '<img src=x onerror="globalThis.ran=1"><script>globalThis.ran=1</script>';

const of = (components: WidgetView['components'], now: Instant, more: Partial<WidgetView> = {}): WidgetView => ({
  asOf: now,
  overall: overallState(components),
  components,
  investigating: [],
  incidents: [],
  frame: { window: null, reserveZone: 'America/New_York' },
  changes: [],
  ...more,
});

export const widgetScenes: Readonly<Record<'healthy' | 'down', (now: Instant) => WidgetView>> = {
  healthy: (now) =>
    of([{ name: 'Web shop', critical: true, state: 'operational' }], now, {
      frame: {
        window: {
          start: instant(now + 48 * HOUR),
          end: instant(now + 50 * HOUR),
          state: 'announced',
          id: 'M1',
          title: 'Database upgrade',
          components: '*',
        },
        reserveZone: 'America/New_York',
      },
      changes: [
        { version: '4.2.0', title: 'Faster search' },
        { version: '4.2.1', title: HOSTILE },
      ],
    }),
  down: (now) =>
    of(
      [
        { name: HOSTILE, critical: true, state: 'major_outage' },
        { name: 'Search', critical: true, state: 'operational' },
      ],
      now,
      { incidents: [{ id: 'I1', title: `${HOSTILE} is not answering`, startedAt: instant(now - 18 * MINUTE) }] },
    ),
};
