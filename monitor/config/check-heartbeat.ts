/**
 * `heartbeat`: the target calls us at `/beat/TOKEN`. Only the SHA-256 of the token leaves this file, and no message
 * repeats it. N = 1 and hold = interval + grace are the rule of the kind (semantics A9).
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DAY } from '#domain/time/instant.ts';
import { checkKind } from './check-kind.ts';
import { duration } from './fields.ts';
import { documented, leaf, wrong } from './leaf.ts';
import { expandReferences } from './secrets.ts';

const MIN_TOKEN = 24;

const token = () => leaf('a secret of at least 24 characters, better ${NAME}', (value) => (typeof value === 'string' ? value : null));

const digest = () =>
  leaf('the SHA-256 of a token, 64 hexadecimal digits', (value) => {
    if (typeof value !== 'string') return null;
    return /^[0-9a-f]{64}$/i.test(value) ? value.toLowerCase() : wrong('must be the SHA-256 of a token, 64 hexadecimal digits');
  });

const heartbeatSchema = z.strictObject({
  token: documented(
    token().optional(),
    'Secret part of the address `/beat/TOKEN`: at least 24 of A-Z, a-z, 0-9, "-" and "_". Write `${NAME}` to keep it out of the file. Required, unless its SHA-256 is given.',
    '`token_sha256` says it',
  ),
  token_sha256: documented(
    digest().optional(),
    'SHA-256 of the token, 64 hexadecimal digits, where the token itself is not to be named.',
    '`token` says it',
  ),
  grace: documented(duration(0, 7 * DAY).prefault('1m'), 'How much later than its interval a beat may come.'),
});

/** Lower-case hex SHA-256 of a token, as `/beat/{token}` is looked up. */
export const tokenSha256 = (plain: string): string => createHash('sha256').update(plain, 'utf8').digest('hex');

export const heartbeatKind = checkKind({
  doc: 'The target reports itself by calling `/beat/TOKEN`; a missing beat is a failure.',
  shorthand: 'heartbeat: ${NIGHTLY_JOB_TOKEN}',
  schema: heartbeatSchema,
  expand: (plain) => ({ token: plain }),
  build: ({ token: written, token_sha256: sha256, grace }, tools, keys) => {
    const path = [...tools.path, 'token'];
    if (written !== undefined && sha256 !== undefined)
      tools.report([...tools.path, 'token_sha256'], 'stands besides "token"; keep one of them', 'key');
    if (written === undefined && sha256 !== undefined)
      return grace === undefined ? null : { kind: 'heartbeat', tokenSha256: sha256, graceMs: grace };
    if (written === undefined) {
      if (!keys.has('token') && !keys.has('token_sha256'))
        tools.report(path, 'is missing; give a secret of at least 24 characters, better ${NAME}');
      return null;
    }
    const { value, faults } = expandReferences(written, tools.lookup);
    for (const fault of faults) tools.report(path, fault);
    if (faults.length > 0) return null;
    if (value.length < MIN_TOKEN || value.length > 200)
      tools.report(path, `must have ${MIN_TOKEN} to 200 characters, not ${value.length}; choose a longer random one`);
    else if (!/^[\w-]+$/.test(value)) tools.report(path, 'must consist of A-Z, a-z, 0-9, "-" and "_", so that it can stand in an address');
    else if (new Set(value).size < 8) tools.report(path, 'repeats a few characters only and can be guessed; choose a random one');
    return grace === undefined ? null : { kind: 'heartbeat', tokenSha256: tokenSha256(value), graceMs: grace };
  },
});
