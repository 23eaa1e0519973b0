/**
 * Logs: JSON lines on standard error for machines, one plain line each when a person watches (standard error is a
 * terminal). Control characters are escaped in both; secrets never reach a log because facts are named one by one.
 */
import { Writable } from 'node:stream';
import { type DestinationStream, type LevelWithSilent, pino } from 'pino';
import type { Log } from '#monitor/context.ts';

const words: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warning', 50: 'error', 60: 'error' };

/** What could move the cursor, colour the line, turn its direction or begin another one. */
const UNFIT = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const visible = (text: string): string => text.replace(UNFIT, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);

/** `14:02:10 warning: the store is full (queued 120)`, always one line. `json`: a line as pino writes it. */
export const plainLine = (json: string): string => {
  const { level, time, msg, pid: _pid, hostname: _hostname, ...facts } = JSON.parse(json) as Record<string, unknown>;
  const at = String(time).slice(11, 19);
  const tail = Object.entries(facts)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
  return `${visible(`${at} ${words[Number(level)] ?? 'info'}: ${String(msg)}${tail ? ` (${tail})` : ''}`)}\n`;
};

const forPeople: DestinationStream = new Writable({
  write(chunk: Buffer, _encoding, done) {
    process.stderr.write(plainLine(chunk.toString()));
    done();
  },
});

export const createLog = (level: LevelWithSilent): Log => {
  const options = { level, timestamp: pino.stdTimeFunctions.isoTime, base: { pid: process.pid } };
  const logger = process.stderr.isTTY ? pino(options, forPeople) : pino(options, pino.destination({ fd: 2, sync: true }));
  return {
    info: (message, facts = {}) => logger.info(facts, message),
    warn: (message, facts = {}) => logger.warn(facts, message),
    error: (message, facts = {}) => logger.error(facts, message),
  };
};
