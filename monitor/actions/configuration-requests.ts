/** The verbs of configuration as the socket, the API and the command line name them. */
import { z } from 'zod';
import { applyDocument } from './apply-document.ts';
import type { ConfigurationContext } from './configuration-verb.ts';
import { planConfiguration } from './plan-configuration.ts';
import { optionalText, text, verbsOn } from './request-verb.ts';

const given = {
  name: text.min(1).max(1_000),
  document: text,
  beside: z.record(z.string().max(1_000), z.base64()).default({}),
};
const planned = z.strictObject(given);
const applied = z.strictObject({ ...given, path: optionalText, author: optionalText });

const verb = verbsOn<ConfigurationContext>();

export const configurationVerbs = {
  plan: verb(planned, planConfiguration),
  apply: verb(applied, applyDocument),
} as const;
