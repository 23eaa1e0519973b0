/**
 * What an address means, in whichever clothes it comes, and whether it may be dialled. Pure. Canonical textual
 * addresses in (see host.ts for the exotic spellings), a verdict out. IPv6 forms that carry an IPv4 address (mapped,
 * compatible, NAT64, 6to4, Teredo, ISATAP) are judged by both. Source: reliability P9; RFC 6890, 6052, 3056, 4380, 5214.
 */
import { isIPv4, isIPv6 } from 'node:net';
import type { EgressScope } from './egress.ts';

type Rule = readonly [number, number];

const v4 = (text: string): number => {
  let value = 0;
  for (const part of text.split('.')) value = value * 256 + Number(part);
  return value;
};
const rules = (...cidrs: string[]): readonly Rule[] =>
  cidrs.map((cidr) => {
    const [base = '', bits = '32'] = cidr.split('/');
    const size = 2 ** (32 - Number(bits));
    return [v4(base), v4(base) + size - 1];
  });

/** "This network", link-local with every cloud's metadata, the metadata of Alibaba, Azure and Oracle, multicast, broadcast. */
const NEVER_V4 = rules(
  '0.0.0.0/8',
  '169.254.0.0/16',
  '100.100.100.200/32',
  '168.63.129.16/32',
  '192.0.0.192/32',
  '224.0.0.0/4',
  '255.255.255.255/32',
);
const NOT_PUBLIC_V4 = rules(
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '240.0.0.0/4',
);
const within = (value: number, list: readonly Rule[]): boolean => list.some(([low, high]) => low <= value && value <= high);

/** The eight groups of a valid IPv6 address without zone. */
const groupsOf = (text: string): number[] => {
  let source = text;
  const dotted = source.lastIndexOf('.') > 0 ? source.slice(source.lastIndexOf(':') + 1) : null;
  if (dotted !== null) {
    const value = v4(dotted);
    source = `${source.slice(0, -dotted.length)}${Math.floor(value / 65_536).toString(16)}:${(value % 65_536).toString(16)}`;
  }
  const [head = '', tail] = source.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(gap).fill('0'), ...right].map((group) => Number.parseInt(group, 16));
};
const dottedOf = (high: number, low: number): string => `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
const startsWith = (groups: readonly number[], ...prefix: number[]): boolean => prefix.every((group, i) => groups[i] === group);

/** IPv4 addresses that this IPv6 address leads to or names. */
const embedded = (g: readonly number[]): string[] => {
  const at = (i: number): string => dottedOf(g[i] ?? 0, g[i + 1] ?? 0);
  if (startsWith(g, 0, 0, 0, 0, 0, 0) || startsWith(g, 0, 0, 0, 0, 0xffff, 0)) return [at(6)];
  if (startsWith(g, 0x64, 0xff9b)) return [at(6), dottedOf(g[3] ?? 0, g[4] ?? 0)];
  if (g[0] === 0x2002) return [at(1)];
  if (startsWith(g, 0x2001, 0)) return [at(2), dottedOf((g[6] ?? 0) ^ 0xffff, (g[7] ?? 0) ^ 0xffff)];
  if (((g[4] ?? 0) & 0xfdff) === 0 && g[5] === 0x5efe) return [at(6)];
  return [];
};

/** The one spelling used for comparing, caching and dialling; IPv4-mapped IPv6 becomes IPv4. Null for anything that is no address. */
export const canonicalAddress = (text: string): string | null => {
  if (isIPv4(text)) return text;
  if (!isIPv6(text) || text.includes('%')) return null;
  const groups = groupsOf(text);
  if (startsWith(groups, 0, 0, 0, 0, 0, 0xffff)) return dottedOf(groups[6] ?? 0, groups[7] ?? 0);
  return new URL(`http://[${text}]/`).hostname.slice(1, -1);
};

const METADATA_V6 = new Set(['fd00:ec2::254', 'fd20:ce::254', 'fe80::a9fe:a9fe']);

const never = (address: string): string | null => {
  if (isIPv4(address)) return within(v4(address), NEVER_V4) ? address : null;
  const groups = groupsOf(address);
  if (address === '::' || METADATA_V6.has(address) || (groups[0] ?? 0) >= 0xff00) return address;
  if (address === '::1') return null;
  return embedded(groups).some((inner) => never(inner) !== null) ? address : null;
};

const isPublicV6 = (g: readonly number[]): boolean => {
  const first = g[0] ?? 0;
  const second = g[1] ?? 0;
  if (first < 0x2000 || first > 0x3fff || first === 0x2002) return false;
  return !(first === 0x2001 && (second < 0x200 || second === 0xdb8)) && !(first === 0x3fff && second < 0x1000);
};

/** Public, as far as the address itself tells. */
export const isPublic = (address: string): boolean =>
  isIPv4(address) ? !within(v4(address), NEVER_V4) && !within(v4(address), NOT_PUBLIC_V4) : isPublicV6(groupsOf(address));

/** And so is whatever IPv4 address it carries. */
const isPublicThroughout = (address: string): boolean =>
  isPublic(address) && (isIPv4(address) || embedded(groupsOf(address)).every((inner) => isPublic(inner)));

/** Loopback in any of its spellings, or one of this machine's `own` addresses, also when carried inside IPv6. */
export const isLocal = (address: string, own: ReadonlySet<string>): boolean => {
  if (own.has(address) || address === '::1') return true;
  if (isIPv4(address)) return address.startsWith('127.');
  return embedded(groupsOf(address)).some((inner) => inner !== '0.0.0.1' && isLocal(inner, own));
};

const nothing = (): boolean => false;

/**
 * Why `address` (canonical) may not be dialled in `scope`, in words; null when it may. `allowed`: what scope `console` may reach besides
 * public addresses. Own ports are judged elsewhere.
 */
export const denial = (address: string, scope: EgressScope, allowed: (address: string) => boolean = nothing): string | null => {
  if (never(address) !== null) return 'it is reserved for metadata, multicast, broadcast or "this host" and is never dialled';
  if (scope === 'strict' && !isPublic(address)) return 'it is not a public address';
  if (scope === 'console' && !isPublicThroughout(address) && !allowed(address))
    return 'it is not a public address, and "probes.allow" of the configuration file does not name its range';
  return null;
};
