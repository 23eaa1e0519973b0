/** What is costly and may lag a moment: how often it is read, and how old what is told can be. */
import { expect, test } from 'vitest';
import { instant, millis } from '#domain/time/instant.ts';
import { keptFor } from '#monitor/views/kept.ts';

const at = instant;
/** Reads that end when the test says so. */
const reading = () => {
  const open: { done(value: string): void; fail(): void }[] = [];
  const load = (): Promise<string> =>
    new Promise((resolve, reject) => void open.push({ done: resolve, fail: () => reject(new Error('the store is away')) }));
  return { open, load };
};
const told = async (value: Promise<string>): Promise<string> => Promise.race([value, Promise.resolve('waits')]);

test('is read once however many ask at a time, and told without another thought while it is young', async () => {
  const { open, load } = reading();
  const kept = keptFor<string>(millis(1_000), millis(3_000));
  const both = [kept.take('a', at(0), load), kept.take('a', at(5), load)];
  expect(open).toHaveLength(1);
  open[0]?.done('first');
  expect(await Promise.all(both)).toEqual(['first', 'first']);
  expect(await kept.take('a', at(999), load)).toBe('first');
  expect(open).toHaveLength(1);
});

test('is told as it was while it is read anew, and waited for when it is too old', async () => {
  const { open, load } = reading();
  const kept = keptFor<string>(millis(1_000), millis(3_000));
  const first = kept.take('a', at(0), load);
  open[0]?.done('first');
  await first;
  expect(await kept.take('a', at(1_000), load)).toBe('first');
  expect(await kept.take('a', at(1_500), load)).toBe('first');
  expect(open).toHaveLength(2);
  const late = kept.take('a', at(3_000), load);
  expect(await told(late)).toBe('waits');
  open[1]?.done('second');
  expect(await late).toBe('second');
  // Its age is that of the question, not of the answer.
  expect(await kept.take('a', at(1_999), load)).toBe('second');
  expect(open).toHaveLength(2);
});

test('another key, and a clock that was set back, are read anew; what could not be read is not kept', async () => {
  const { open, load } = reading();
  const kept = keptFor<string>(millis(1_000), millis(3_000));
  const first = kept.take('a', at(10_000), load);
  open[0]?.fail();
  await expect(first).rejects.toThrow('away');
  const second = kept.take('a', at(10_001), load);
  open[1]?.done('second');
  expect(await second).toBe('second');
  expect(await told(kept.take('b', at(10_002), load))).toBe('waits');
  expect(await told(kept.take('a', at(5_000), load))).toBe('waits');
  expect(open).toHaveLength(4);
});
