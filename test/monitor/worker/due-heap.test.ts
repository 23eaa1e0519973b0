import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DueHeap } from '#monitor/worker/due-heap.ts';

const seed = Number(process.env['AVOW_TEST_SEED'] ?? 20260701);

it('the heap gives back what was put in, in order of time, and counts what is due', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 1_000 }), fc.constant(null)), { maxLength: 300 }),
      fc.integer({ min: 0, max: 1_000 }),
      (steps, now) => {
        const heap = new DueHeap<{ due: number }>();
        let model: number[] = [];
        for (const step of steps) {
          if (step === null) {
            model.sort((a, b) => a - b);
            expect(heap.pop()?.due).toBe(model[0]);
            model = model.slice(1);
          } else {
            heap.push({ due: step });
            model.push(step);
          }
          expect(heap.size).toBe(model.length);
          expect(heap.peek()?.due).toBe(model.length > 0 ? Math.min(...model) : undefined);
        }
        expect(heap.countDue(now)).toBe(model.filter((due) => due <= now).length);
        expect(
          heap
            .drain()
            .map(({ due }) => due)
            .sort((a, b) => a - b),
        ).toEqual(model.sort((a, b) => a - b));
        expect(heap.size).toBe(0);
      },
    ),
    { seed },
  );
});
