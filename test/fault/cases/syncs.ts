/** P1 rests on the disk: a tracer sees the log synced at least once before each acknowledged batch, in that order. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const BATCHES = 300;
const folder = mkdtempSync(join(tmpdir(), 'avow-syncs-'));
const trace = join(folder, 'trace');
const child = spawn(
  'strace',
  [
    '-f',
    '-y',
    '-s',
    '64',
    '-e',
    'trace=fdatasync,fsync,write',
    '-o',
    trace,
    process.execPath,
    fileURLToPath(new URL('../../support/crash-child.ts', import.meta.url)),
    join(folder, 'avow.db'),
    '0',
    '1',
  ],
  { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' }, detached: true },
);
const seen = new Set<string>();
let rest = '';
for await (const chunk of child.stdout) {
  const lines = (rest + String(chunk)).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) if (line.startsWith('ack ')) seen.add(line.slice(line.lastIndexOf(':') + 1));
  if (seen.size >= BATCHES) break;
}
process.kill(-(child.pid as number), 'SIGKILL');
if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

let syncs = 0;
let batches = 0;
for (const line of readFileSync(trace, 'utf8').split('\n')) {
  // Of a call that another thread interrupts in the trace, the end counts.
  if (/(?:fdatasync|fsync)\(\d+<[^>]*avow\.db-wal>\) += 0|<\.\.\. (?:fdatasync|fsync) resumed>.* = 0/.test(line)) syncs++;
  if (/write\(1<[^>]*>, "ack /.test(line)) {
    batches++;
    assert.ok(syncs >= batches, `batch ${batches} was acknowledged after only ${syncs} syncs of the log`);
  }
}
assert.ok(batches >= BATCHES, `only ${batches} acknowledgements are in the trace`);
process.stdout.write(`- ${batches} acknowledged batches, ${syncs} syncs of the log, never fewer than batches\n`);
rmSync(folder, { recursive: true, force: true });
process.exit(0);
