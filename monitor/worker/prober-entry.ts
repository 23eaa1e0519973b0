/** Composition root of the prober thread: the real clock, the one dialler, all probes. Nobody imports it. */
import { systemClock } from '#monitor/clock.ts';
import { createEgress } from '#monitor/egress/gateway.ts';
import { probes } from '#monitor/probe/registry.ts';
import { runProberThread } from './prober-thread.ts';

runProberThread({
  clock: systemClock,
  egress: (own) => createEgress({ clock: systemClock, ...own }),
  probes,
});
