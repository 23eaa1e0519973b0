/**
 * Ranges of addresses (CIDR) as people write them: `10.0.0.0/8`, `fd12::/16`, or one address alone. Pure. A range of IPv4 addresses
 * dressed as IPv6 (`::ffff:10.0.0.0/104`) is the range it means. Refuses what is no range with a sentence.
 */
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { canonicalAddress } from './address.ts';

export interface AddressRange {
  /** Canonical, with its prefix: `10.0.0.0/8`. */
  readonly text: string;
  readonly address: string;
  readonly bits: number;
}

const MAPPED_BITS = 96;

/** The range of a text; a string says why there is none. */
export const readRange = (text: string): AddressRange | string => {
  const [written = '', prefix, more] = text.trim().split('/');
  const address = canonicalAddress(written);
  if (address === null || more !== undefined) return 'must be a range of addresses such as 10.20.0.0/16, or one address';
  const most = isIPv4(written) ? 32 : 128;
  const given = prefix === undefined ? most : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  const mapped = isIPv6(written) && isIPv4(address) ? MAPPED_BITS : 0;
  if (!(given >= mapped && given <= most)) return `must end in a length from /${mapped} to /${most}, such as 10.20.0.0/16`;
  const bits = given - mapped;
  return { text: `${address}/${bits}`, address, bits };
};

/** Whether a canonical address lies in one of the ranges. Texts that are no ranges hold nothing. */
export const inRanges = (ranges: readonly string[]): ((address: string) => boolean) => {
  const list = new BlockList();
  for (const text of ranges) {
    const range = readRange(text);
    if (typeof range !== 'string') list.addSubnet(range.address, range.bits, isIPv4(range.address) ? 'ipv4' : 'ipv6');
  }
  return (address) => ranges.length > 0 && list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
};
