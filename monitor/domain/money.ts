/**
 * Money as whole minor units of a currency (cents; yen have none, dinars a thousand). Products and quotients run over BigInt
 * and round half to even, once, at the end. Refuses amounts that are negative or not whole. Source: semantics D3; ISO 4217
 * for the decimals of a currency, as ECMA-402 carries them.
 */
declare const minorBrand: unique symbol;
export type Minor = number & { readonly [minorBrand]: true };

/** Brands whole minor units; RangeError for anything negative, fractional or unsafe. */
export const minor = (amount: number): Minor => {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`an amount must be whole minor units from 0 on, not ${amount}`);
  return amount as Minor;
};

/** `numerator / denominator`, a tie to the even neighbour; both non-negative, the denominator positive. */
export const halfEven = (numerator: bigint, denominator: bigint): bigint => {
  if (numerator < 0n || denominator <= 0n) throw new RangeError(`${numerator}/${denominator} is not a share of an amount`);
  const floor = numerator / denominator;
  const twice = 2n * (numerator % denominator);
  return twice > denominator || (twice === denominator && floor % 2n === 1n) ? floor + 1n : floor;
};

/** `amount × parts / whole`, half to even. */
export const shareOf = (amount: Minor, parts: number, whole: number): Minor =>
  minor(Number(halfEven(BigInt(amount) * BigInt(parts), BigInt(whole))));

/** Asked for in every line of every list, and a formatter takes a tenth of a millisecond. */
const knownDecimals = new Map<string, number>();

/** How many decimals a currency is written with: JPY 0, USD 2, BHD 3. RangeError for what is no currency code. */
export const decimalsOf = (currency: string): number => {
  const known = knownDecimals.get(currency);
  if (known !== undefined) return known;
  if (!/^[A-Z]{3}$/.test(currency)) throw new RangeError(`"${currency}" is not a currency code such as USD`);
  const decimals = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  knownDecimals.set(currency, decimals);
  return decimals;
};

/** `123456` with 2 decimals is `1234.56`: for machines, without currency or grouping. */
export const minorText = (amount: Minor, decimals: number): string => {
  const digits = String(amount).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

/** The inverse, by the digits: no float takes part. Null for anything but digits with at most `decimals` behind the point, and above 2^53 - 1. */
export const minorOfText = (text: string, decimals: number): Minor | null => {
  const parts = /^(\d+)(?:\.(\d+))?$/.exec(text);
  const fraction = parts?.[2] ?? '';
  const amount = Number(`${parts?.[1]}${fraction.padEnd(decimals, '0')}`);
  return parts && fraction.length <= decimals && Number.isSafeInteger(amount) ? minor(amount) : null;
};
