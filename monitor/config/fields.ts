/** The scalars that configuration files are made of, each with its exact sentence. Times come out as ms, percentages as ppm. */

import { query } from 'jsonpath-rfc9535';
import { RE2JS } from 're2js';
import { SLUG } from '#domain/slug.ts';
import { type Millis, millis } from '#domain/time/instant.ts';
import { isKnownZone } from '#domain/time/zone.ts';
import { matchers } from '#monitor/probe/matchers.ts';
import { leaf, nameOf, quoted, wrong } from './leaf.ts';
import { nearest } from './nearest.ts';
import { zoneAdvice } from './zone-advice.ts';

const isScalar = (value: unknown): value is number | boolean => typeof value === 'number' || typeof value === 'boolean';
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

/** One line of text, or several when `lines` is set; a `secret` is never repeated in a message. */
export const text = (limit: number, options: { readonly lines?: boolean; readonly empty?: boolean; readonly secret?: boolean } = {}) =>
  leaf('text', (value) => {
    if (isScalar(value))
      return wrong(`must be text, not ${nameOf(value)}; put it in quotes${options.secret ? '' : `: "${String(value)}"`}`);
    if (typeof value !== 'string') return null;
    if (value.trim() === '' && !options.empty) return wrong('is empty; give text, or remove the key');
    if (value.length > limit) return wrong(`has ${value.length} characters and ${limit} are allowed; shorten it`);
    if (!options.lines && CONTROL.test(value)) return wrong('must be one line without control characters; join its lines');
    return value;
  });

export const flag = () =>
  leaf('true or false', (value) => {
    if (typeof value === 'boolean') return value;
    return typeof value === 'string' && /^(yes|no|on|off|y|n|true|false)$/i.test(value)
      ? wrong(`must be true or false; ${quoted(value)} is text in YAML 1.2`)
      : null;
  });

export const wholeNumber = (least: number, most: number) =>
  leaf(`a whole number from ${least} to ${most}`, (value) => {
    if (typeof value !== 'number') return null;
    if (!Number.isInteger(value) || value < least || value > most)
      return wrong(`must be a whole number from ${least} to ${most}, not ${value}`);
    return value === 0 ? 0 : value;
  });

const UNITS = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** `90s` for 90 000: the largest unit that divides it. */
export const durationText = (ms: number): string => {
  const unit = [...UNITS].toReversed().find(([, size]) => ms % size === 0);
  return unit ? `${ms / unit[1]}${unit[0]}` : `${ms}ms`;
};

/** A length of time with its unit. A bare number is refused: nobody can see whether it means seconds or milliseconds. */
export const duration = (least: number, most: number) =>
  leaf('a duration such as 30s, 5m or 1h', (value): Millis | ReturnType<typeof wrong> | null => {
    if (typeof value === 'number')
      return wrong(`must be a duration with a unit (ms, s, m, h, d), not ${value}; write ${value}s or ${value}ms`);
    if (typeof value !== 'string') return null;
    const parts = /^(\d{1,12}) ?(ms|s|m|h|d)$/.exec(value.trim());
    if (!parts) return wrong(`must be a duration such as 30s, 5m or 1h (a whole number and ms, s, m, h or d), not ${quoted(value)}`);
    const ms = Number(parts[1]) * (UNITS.get(parts[2] ?? '') ?? Number.NaN);
    if (ms < least || ms > most) return wrong(`must lie between ${durationText(least)} and ${durationText(most)}, not ${quoted(value)}`);
    return millis(ms);
  });

export const oneOf = <T extends string>(...words: readonly T[]) =>
  leaf(`one of ${words.join(', ')}`, (value) => {
    if (isScalar(value)) return wrong(`must be one of ${words.join(', ')}, not ${quoted(value)}`);
    if (typeof value !== 'string') return null;
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    const near = nearest(value, words);
    return wrong(`must be one of ${words.join(', ')}, not ${quoted(value)}${near ? `; did you mean "${near}"?` : ''}`);
  });

export const zone = () =>
  leaf('an IANA time zone such as America/New_York', (value) => {
    if (typeof value !== 'string') return null;
    return isKnownZone(value) ? value : wrong(zoneAdvice(value));
  });

export const timeOfDay = () =>
  leaf('a time of day such as "10:00"', (value) => {
    if (typeof value === 'number') return wrong(`must be a time of day such as "10:00", not ${value}; write hours and minutes`);
    if (typeof value !== 'string') return null;
    return /^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? value : wrong(`must be a time of day from 00:00 to 23:59, not ${quoted(value)}`);
  });

/** `99.5` or `"99.5 %"` → 995 000, by its digits: no float takes part. Four decimals are kept unless fewer are asked for, more are refused. */
export const percentage = (most: 2 | 4 = 4) =>
  leaf('a percentage such as 99.5', (value) => {
    if (typeof value !== 'number' && typeof value !== 'string') return null;
    const parts = /^(\d{1,3})(?:\.(\d+))?(?: ?%)?$/.exec(String(value).trim());
    if (!parts) return wrong(`must be a percentage such as 99.5, not ${quoted(value)}`);
    const decimals = (parts[2] ?? '').replace(/0+$/, '');
    if (decimals.length > most) return wrong(`must have at most ${most === 4 ? 'four' : 'two'} decimals, not ${quoted(value)}`);
    const ppm = Number(parts[1]) * 10_000 + Number(decimals.padEnd(4, '0'));
    return ppm > 0 && ppm <= 1_000_000 ? ppm : wrong(`must be more than 0 and at most 100, not ${quoted(value)}`);
  });

/** `99.5 %` for 995 000. */
export const percentageText = (ppm: number): string => `${ppm / 10_000} %`;

export const slug = () =>
  leaf('a short name of a-z, 0-9 and "-"', (value) => {
    if (isScalar(value)) return wrong(`must be text, not ${nameOf(value)}; put it in quotes: "${String(value)}"`);
    if (typeof value !== 'string') return null;
    return SLUG.test(value)
      ? value
      : wrong(`must be 1 to 64 of a-z, 0-9 and "-", beginning and ending with a letter or digit, not ${quoted(value)}`);
  });

/** RE2 syntax: linear time, so no target can make a pattern run for ever. */
export const pattern = () =>
  leaf('a regular expression', (value) => {
    if (typeof value !== 'string') return null;
    if (value.length > 1_000) return wrong(`has ${value.length} characters and 1000 are allowed; shorten it`);
    try {
      RE2JS.compile(value);
      return value;
    } catch (error) {
      const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '').split(': `')[0] : 'not understood';
      return wrong(`must be a regular expression in RE2 syntax (no look-around, no back-references); this one is not: ${why}`);
    }
  });

export const jsonPath = () =>
  leaf('a JSON path such as $.status', (value) => {
    if (typeof value !== 'string') return null;
    if (value.length > 1_000) return wrong(`has ${value.length} characters and 1000 are allowed; shorten it`);
    try {
      query(null, value);
    } catch {
      return wrong(`must be a JSON path of RFC 9535 such as $.status or $.items[0].id, not ${quoted(value)}`);
    }
    try {
      // What the probe would refuse to run is refused here.
      matchers.path(value);
      return value;
    } catch (error) {
      return wrong(`can not be used: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
