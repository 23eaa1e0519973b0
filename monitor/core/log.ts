/**
 * Logs: JSON lines on standard error for machines, one plain line each when a person watches (standard error is a
 * terminal). Control characters are escaped in both. Secrets do not reach a log because facts are named one by one; what has the form of
 * one is taken out all the same (domain/redact.ts).
 */
import { Writable } from 'node:stream';
import { type DestinationStream, type LevelWithSilent, pino } from 'pino';
import { redactFacts, redactText } from '#domain/redact.ts';
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
  const at =
    (write: (facts: object, message: string) => void): Log['info'] =>
    (message, facts = {}) =>
      write(redactFacts(facts), redactText(message));
  return {
    ...(level === 'debug' && { debug: at((facts, message) => logger.debug(facts, message)) }),
    info: at((facts, message) => logger.info(facts, message)),
    warn: at((facts, message) => logger.warn(facts, message)),
    error: at((facts, message) => logger.error(facts, message)),
  };
};
