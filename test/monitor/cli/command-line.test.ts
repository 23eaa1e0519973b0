/** The command line as a person meets it: verbs, faults as sentences, exit codes, answers on one stream and words on the other. */
import { describe, expect, it } from 'vitest';
import { parseArguments } from '#monitor/cli/arguments.ts';
import type { Io } from '#monitor/cli/command.ts';
import { UsageFault } from '#monitor/cli/command.ts';
import { listenToLauncher, type SignalledProcess } from '#monitor/cli/lifetime.ts';
import { runVerb } from '#monitor/cli/main.ts';
import { registry } from '#monitor/cli/registry.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

async function avow(...argv: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: {},
    cwd: '/',
    clock: new VirtualClock(),
    lifetime: () => {
      throw new Error('No verb of this test runs until stopped.');
    },
  };
  return { code: await runVerb(argv, io), out, err };
}

describe('verbs', () => {
  it('without a verb, and with --help, the list of verbs is shown', async () => {
    for (const words of [[], ['help'], ['--help'], ['-h']]) {
      const { code, out, err } = await avow(...words);
      expect({ code, err }).toEqual({ code: 0, err: [] });
      for (const verb of registry.keys()) expect(out.some((line) => line.startsWith(`  ${verb} `))).toBe(true);
    }
  });
  it('every verb is registered under its own name and explains itself', async () => {
    for (const [verb, load] of registry) {
      const { command } = await load();
      expect(command.name).toBe(verb);
      expect(command.usage).toMatch(new RegExp(`^avow ${verb}\\b`));
      expect(command.usage).toMatch(/Exit codes?: 0/);
      expect((await avow(verb, '--help')).out).toEqual([command.usage]);
      expect((await avow('help', verb)).out).toEqual([command.usage]);
    }
  });
  it('an unknown verb names the nearest and exits 2', async () => {
    expect(await avow('strat')).toEqual({
      code: 2,
      out: [],
      err: ['There is no verb "strat". Did you mean "start"? `avow help` lists them all.'],
    });
    expect((await avow('help', 'versoin')).err).toEqual([
      'There is no verb "versoin". Did you mean "version"? `avow help` lists them all.',
    ]);
    expect((await avow('agent')).err, 'nothing is near').toEqual(['There is no verb "agent". `avow help` lists them all.']);
    expect((await avow('--data', 'x')).err).toEqual(['avow begins with a verb, and "--data" is an option. `avow help` lists the verbs.']);
    expect((await avow('maintenance', '--json', 'list')).code).toBe(2);
  });
  it('version --json prints one JSON document', async () => {
    const { code, out } = await avow('version', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out.join('\n'))).toMatchObject({ avow: expect.stringMatching(/^\d/), node: process.versions.node });
  });
});

describe('faults of use', () => {
  const cases: readonly (readonly [words: readonly string[], sentence: string])[] = [
    [['version', '--jsn'], 'avow version has no option --jsn. Did you mean --json? Known: --json.'],
    [['version', 'now'], 'avow version takes options only, and was given the word "now".'],
    [['version', '--json=yes'], '--json takes no value.'],
    [['start', '--port'], '--port needs a value: write --port VALUE, or --port=VALUE.'],
    [['start', '--port', '--data', 'x'], '--port needs a value: write --port VALUE, or --port=VALUE.'],
    [['start', '--port', '70000'], '--port must be a port from 0 to 65535, not "70000"'],
    [['start', '--port', 'http'], '--port must be a port from 0 to 65535, not "http"'],
    [['start', '-x'], 'avow start has no option -x. Known: --config, --port, --data, --host, --json.'],
    [['help', '-q'], 'avow help has no option -q. Known: --json.'],
    [['help', 'start', 'version'], 'avow help explains one verb at a time.'],
  ];
  it.each(cases.map(([words, sentence]) => ({ words, sentence })))('avow $words', async ({ words, sentence }) => {
    const { code, out, err } = await avow(...words);
    expect({ code, out, said: err[0] }).toEqual({ code: 2, out: [], said: sentence });
    expect(err[1]).toBe(`\`avow help ${words[0]}\` shows how it is used.`);
  });
  it('a word that looks like an option may follow --', () => {
    expect(parseArguments('check', ['--', '-x'], { options: {}, positionals: 'URL' }).positionals).toEqual(['-x']);
    expect(() => parseArguments('check', ['-x'], { options: {}, positionals: 'URL' })).toThrow(UsageFault);
  });
});

class FakeProcess implements SignalledProcess {
  readonly connected = true;
  readonly channel = { unref: () => {} };
  readonly exits: number[] = [];
  #listeners = new Map<string, ((...args: never[]) => void)[]>();
  on(event: string, listener: (...args: never[]) => void): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }
  exit(code: number): never {
    this.exits.push(code);
    return undefined as never;
  }
  emit(event: string, message?: unknown): boolean {
    const listeners = this.#listeners.get(event) ?? [];
    for (const listener of listeners) listener(message as never);
    return listeners.length > 0;
  }
}

describe('signals', () => {
  let nowUs = 0;
  it('a verb that does not run until stopped dies of what the launcher passes on', () => {
    const process = new FakeProcess();
    listenToLauncher(process, () => nowUs);
    process.emit('message', { signal: 'SIGTERM' });
    expect(process.exits).toEqual([143]);
    expect(process.emit('SIGTERM')).toBe(false);
  });
  it('Ctrl-C in a terminal reaches launcher and program, and counts once', () => {
    const process = new FakeProcess();
    const { stop } = listenToLauncher(process, () => nowUs)();
    process.emit('SIGINT');
    process.emit('message', { signal: 'SIGINT' });
    expect({ reason: stop.reason, exits: process.exits }).toEqual({ reason: 'SIGINT', exits: [] });
    nowUs += 500_000;
    process.emit('message', { signal: 'SIGINT' });
    expect(process.exits).toEqual([130]);
  });
  it('a signal that npm hands on to a program that has heard it already is an echo, and one half a second later is meant', () => {
    const process = new FakeProcess();
    const { stop } = listenToLauncher(process, () => nowUs)();
    for (const afterUs of [0, 1_000, 499_000 - 1_000]) {
      nowUs += afterUs;
      process.emit('SIGTERM');
    }
    expect({ reason: stop.reason, exits: process.exits }).toEqual({ reason: 'SIGTERM', exits: [] });
    nowUs += 1_000;
    process.emit('SIGTERM');
    expect(process.exits).toEqual([143]);
  });
  it('a second signal of any kind ends the process at once', () => {
    const process = new FakeProcess();
    listenToLauncher(process, () => nowUs)();
    process.emit('SIGTERM');
    process.emit('SIGINT');
    expect(process.exits).toEqual([130]);
  });
  it('SIGHUP reloads, each time, and stops nothing', () => {
    const process = new FakeProcess();
    const lifetime = listenToLauncher(process, () => nowUs)();
    let reloads = 0;
    lifetime.onReload(() => reloads++);
    process.emit('SIGHUP');
    process.emit('message', { signal: 'SIGHUP' });
    process.emit('message', { signal: 'SIGHUP' });
    expect({ reloads, stopped: lifetime.stop.aborted, exits: process.exits }).toEqual({ reloads: 2, stopped: false, exits: [] });
  });
  it('the death of the launcher stops a running verb in order, and ends any other', () => {
    const running = new FakeProcess();
    const { stop } = listenToLauncher(running, () => nowUs)();
    running.emit('disconnect');
    expect({ reason: stop.reason, exits: running.exits }).toEqual({ reason: 'launcher gone', exits: [] });
    const brief = new FakeProcess();
    listenToLauncher(brief, () => nowUs);
    brief.emit('disconnect');
    expect(brief.exits).toEqual([1]);
  });
  it('messages that are no signals are ignored', () => {
    const process = new FakeProcess();
    const { stop } = listenToLauncher(process, () => nowUs)();
    for (const message of [null, 'SIGTERM', {}, { signal: 'SIGKILL' }, { signal: 5 }]) process.emit('message', message);
    expect({ stopped: stop.aborted, exits: process.exits }).toEqual({ stopped: false, exits: [] });
  });
});
