/** A prober thread that dies at its second probe. */
import { systemClock } from '#monitor/clock.ts';
import { createEgress } from '#monitor/egress/gateway.ts';
import type { Probe } from '#monitor/probe/probe.ts';
import { probes } from '#monitor/probe/registry.ts';
import { runProberThread } from '#monitor/worker/prober-thread.ts';

let begun = 0;
const tcp = probes.tcp as Probe;
const dying: Probe = (definition, context) => {
  if (++begun === 2) process.exit(3);
  return tcp(definition, context);
};

runProberThread({ clock: systemClock, egress: (own) => createEgress({ clock: systemClock, ...own }), probes: { ...probes, tcp: dying } });
