/**
 * One component as it is entered in the console: the keys, rules and sentences of an entry of the file, and four rules of its own. Its
 * target must lie at a public address or in a range that the file allows (reliability P9; names are judged again when they are dialled),
 * it refers only to secrets that the file lends, its group may be new, and it stands after those of the file. Its fields are plain JSON as the file's YAML would give them.
 */
import type { CheckDefinition } from '#domain/check/check-definition.ts';
import { denial } from '#monitor/egress/address.ts';
import { readHost } from '#monitor/egress/host.ts';
import { inRanges } from '#monitor/egress/range.ts';
import { readComponent, resolved } from './component.ts';
import type { ComponentSettings, Config } from './config.ts';
import type { DocumentMapping } from './document-check.ts';
import { type FieldFault, formFaults } from './form.ts';
import { nearest } from './nearest.ts';
import { MAX_COMPONENTS } from './parse.ts';
import { lentSecrets, type SecretLookup } from './secrets.ts';
import { splitHostPort } from './target.ts';
import { revealed } from './write-only.ts';
import type { Path } from './yaml-places.ts';

/** Positions from here on are the console's: the file never has so many. */
export const FIRST_CONSOLE_POSITION = MAX_COMPONENTS;

export interface ConsoleRules {
  readonly config: Pick<Config, 'defaults' | 'locations' | 'groups' | 'probeAllow' | 'probeSecrets' | 'components'>;
  readonly secret: SecretLookup;
  readonly ownPorts: readonly number[];
}

/** Hosts that a check would dial, with the field that names them. */
const hostsOf = (definition: CheckDefinition): { readonly host: string; readonly path: Path }[] => {
  if (definition.kind === 'tcp' || definition.kind === 'tls') return [{ host: definition.host, path: [definition.kind, 'host'] }];
  if (definition.kind === 'http') {
    const url = URL.parse(definition.url.replace(/\$?\$\{[^}]*\}/g, 'x'));
    return url ? [{ host: url.hostname, path: ['http', 'url'] }] : [];
  }
  if (definition.kind !== 'dns' || definition.server === null) return [];
  const bare = readHost(definition.server);
  const split = bare.kind === 'address' ? null : splitHostPort(definition.server, 53);
  return [{ host: split !== null && 'host' in split ? split.host : definition.server, path: ['dns', 'server'] }];
};

/** Why the console may not name this host, as far as the host itself tells. */
const targetFault = (host: string, allow: readonly string[]): string | null => {
  const target = readHost(host);
  if (target.kind === 'nonsense') return null;
  const local = target.kind === 'name' && /(^|\.)localhost$/i.test(target.name);
  const address = target.kind === 'address' ? target.address : local ? '127.0.0.1' : null;
  if (address === null) return null;
  const why = denial(address, 'console', inRanges(allow));
  return why === null ? null : `leads to ${address}, which a target entered in the console may not: ${why}`;
};

/** The component, or every fault by the field it is in. `position`: where it stands on the page; `before`: as it is, where `•` stands for a value of it. */
export const readConsoleComponent = (
  typed: unknown,
  position: number,
  { config, secret, ownPorts }: ConsoleRules,
  before: DocumentMapping | null = null,
): ComponentSettings | readonly FieldFault[] => {
  const faults = formFaults(typed, 2);
  const shown = revealed(typed, before);
  if ('places' in shown) for (const place of shown.places) faults.report(['components', 0, ...place], shown.predicate);
  const raw = 'entry' in shown ? shown.entry : typed;
  const lookup = lentSecrets(secret, config.probeSecrets);
  const { component } = readComponent(raw, 0, {
    report: (path, message) => faults.report(path, lookup.explained(message)),
    lookup,
    ownPorts,
    defaults: config.defaults,
    locationCount: Math.max(1, config.locations.length),
  });
  for (const { host, path } of component ? hostsOf(component.check.definition) : []) {
    const why = targetFault(host, config.probeAllow);
    if (why !== null) faults.report(['components', 0, ...path], why);
  }
  const list = faults.list();
  if (list.length > 0 || component === null) return list;
  return { ...component, position, managed: 'console' };
};

/** A group that the page does not have yet is made; a sentence when it looks like a slip of one that it has. */
export const groupAdvice = ({ group }: Pick<ComponentSettings, 'group'>, { config }: Pick<ConsoleRules, 'config'>): string | null => {
  const known = new Set([...config.groups, ...config.components.flatMap((one) => one.group ?? [])]);
  if (group === null || known.has(group)) return null;
  const near = nearest(group, known);
  return `The page has no group "${group}" yet; it stands after the others now.${near === null ? '' : ` Did you mean "${near}"?`}`;
};

/** One that was entered before and is in the store, ready to be probed with; `faults`: references that nothing stands for any more. `lent`: names that the file lends. */
export const enteredComponent = (
  stored: Omit<ComponentSettings, 'managed' | 'written' | 'hidden'>,
  secret: SecretLookup,
  lent: readonly string[],
): { readonly component: ComponentSettings; readonly faults: readonly FieldFault[] } => {
  const faults = formFaults({}, 0);
  const hidden = new Set<string>();
  const own = lentSecrets(secret, lent);
  const lookup = (name: string): string | null => {
    const value = own(name);
    if (value !== null) hidden.add(value);
    return value;
  };
  const written = stored.check.definition;
  const definition = resolved(written, [], { report: (path, message) => faults.report(path, own.explained(message)), lookup }, hidden);
  const component: ComponentSettings = {
    ...stored,
    check: { ...stored.check, definition },
    written,
    managed: 'console',
    ...(hidden.size > 0 ? { hidden: [...hidden] } : {}),
  };
  return { component, faults: faults.list() };
};
