/** The verb of the store's secrets as the socket and the command line name it. */
import { z } from 'zod';
import { verbsOn } from './request-verb.ts';
import { rotateSecrets, type SecretsContext } from './rotate-secrets.ts';

export const secretsVerbs = {
  rotate: verbsOn<SecretsContext>()(z.strictObject({}), rotateSecrets),
} as const;
