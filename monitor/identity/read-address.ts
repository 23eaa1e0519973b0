/** An address as a token's range is written with it, in the one spelling that addresses of clients have; null: it is none. */
import { canonicalAddress } from '#monitor/egress/address.ts';

export const readAddress = (text: string): string | null => canonicalAddress(text.trim());
