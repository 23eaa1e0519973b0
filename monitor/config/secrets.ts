/**
 * `${NAME}` in header values, bodies, the query of a URL and heartbeat tokens stands for the environment variable NAME, or
 * for the content of the file that NAME_FILE names. `$${` is a plain `${`. Definitions are stored as they were written; the
 * resolved ones live in memory only. Messages name variables, never values.
 */
import type { CheckDefinition } from '#domain/check/check-definition.ts';
import { quoted } from './leaf.ts';
import type { Path } from './yaml-places.ts';

/** The value of a variable, or null when neither NAME nor NAME_FILE gives one. */
export type SecretLookup = (name: string) => string | null;

export type ReadFile = (path: string) => Uint8Array;

/** Looks into variables and the files they name; a file's last line break is not part of the secret. Unreadable files give null. */
export const secretsFrom =
  (variables: Readonly<Record<string, string | undefined>>, readFile: ReadFile): SecretLookup =>
  (name) => {
    const value = variables[name];
    if (value !== undefined && value !== '') return value;
    const file = variables[`${name}_FILE`];
    if (file === undefined || file === '') return null;
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(readFile(file)).replace(/\r?\n$/, '') || null;
    } catch {
      return null;
    }
  };

const notSet = (name: string): string => `refers to ${name}, which is not set; set ${name} or ${name}_FILE in the environment`;

/** Whoever entered it may not be the one who keeps the file: what there is to use comes first, then what to ask for. */
const notLent = (name: string, lent: readonly string[]): string =>
  lent.length === 0
    ? `refers to ${name}, and the configuration lends no secrets to what is entered here; whoever keeps its file can lend it with "probes: {secrets: [${name}]}"`
    : `refers to ${name}, which the configuration does not lend to what is entered here; it lends ${lent.join(', ')}. Whoever keeps its file can add ${name} to "probes.secrets"`;

/** For what is entered in the console: only what the file lends it. Whoever names a target may name any, so the rest is not for them. */
export const lentSecrets = (
  secret: SecretLookup,
  names: readonly string[],
): SecretLookup & { readonly explained: (message: string) => string } => {
  const refused = new Set<string>();
  const lookup: SecretLookup = (name) => {
    if (names.includes(name)) return secret(name);
    refused.add(name);
    return null;
  };
  const explained = (message: string): string =>
    [...refused].reduce((text, name) => text.replace(notSet(name), notLent(name, names)), message);
  return Object.assign(lookup, { explained });
};

const REFERENCE = /\$\$\{|\$\{([^}]*)(\}?)/g;

/** The text with its references replaced, and a predicate for each that can not be. */
export const expandReferences = (
  text: string,
  lookup: SecretLookup,
  encode: (value: string) => string = (value) => value,
): { readonly value: string; readonly faults: readonly string[] } => {
  const faults: string[] = [];
  const value = text.replace(REFERENCE, (whole: string, name: string | undefined, closed: string) => {
    if (name === undefined) return '${';
    if (closed === '') faults.push('has a "${" without "}"; close it, or write "$${" for the characters themselves');
    else if (!/^[A-Z_][A-Z0-9_]{0,99}$/.test(name))
      faults.push(`refers to ${quoted(`\${${name}}`)}; a reference names an environment variable in capitals, as in \${API_TOKEN}`);
    else if (name.startsWith('AVOW_'))
      faults.push(`refers to ${name}; variables of Avow itself are not sent to targets, so choose another name`);
    else {
      const found = lookup(name);
      if (found !== null) return encode(found);
      faults.push(notSet(name));
    }
    return whole;
  });
  return { value, faults };
};

/** Takes each text of a definition that may hold references through `expand`, told where it stands. */
export const mapReferences = (
  definition: CheckDefinition,
  expand: (text: string, place: Path, encode?: (value: string) => string) => string,
): CheckDefinition => {
  if (definition.kind === 'tcp') return { ...definition, send: definition.send === null ? null : expand(definition.send, ['tcp', 'send']) };
  if (definition.kind !== 'http') return definition;
  const headers = Object.entries(definition.headers).map(([name, value]) => [name, expand(value, ['http', 'headers', name])]);
  return {
    ...definition,
    url: expand(definition.url, ['http', 'url'], encodeURIComponent),
    headers: Object.fromEntries(headers),
    body: definition.body === null ? null : expand(definition.body, ['http', 'body']),
  };
};

/** A stored definition made ready to probe with. References that are not set stay as they are: the parser has refused them before. */
export const resolveSecrets = (definition: CheckDefinition, lookup: SecretLookup): CheckDefinition =>
  mapReferences(definition, (text, _, encode) => expandReferences(text, lookup, encode).value);
