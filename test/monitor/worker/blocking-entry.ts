/** A prober thread whose probe, once, blocks the loop for 900 ms and leaves a rejected promise behind. */
import { systemClock } from '#monitor/clock.ts';
import { createEgress } from '#monitor/egress/gateway.ts';
import type { Probe } from '#monitor/probe/probe.ts';
import { probes } from '#monitor/probe/registry.ts';
import { runProberThread } from '#monitor/worker/prober-thread.ts';

let begun = 0;
const tcp = probes.tcp as Probe;
const blocking: Probe = (definition, context) => {
  const reading = tcp(definition, context);
  if (++begun === 5) {
    void Promise.reject(new Error('nobody awaits me'));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 900);
  }
  return reading;
};

runProberThread({
  clock: systemClock,
  egress: (own) => createEgress({ clock: systemClock, ...own }),
  probes: { ...probes, tcp: blocking },
});
