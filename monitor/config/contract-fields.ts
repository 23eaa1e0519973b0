/**
 * The scalars of contracts: dates and months of the calendar, currencies, and amounts. An amount stays decimal text until
 * its currency is known (`inCurrency`), so that no float takes part.
 */
import { decimalsOf, type Minor, minorOfText } from '#domain/money.ts';
import { dayOfText } from '#domain/time/iso.ts';
import { leaf, quoted, type Wrong, wrong } from './leaf.ts';
import { nearest } from './nearest.ts';

/** A day of the calendar, `YYYY-MM-DD`. */
export const date = () =>
  leaf('a date such as 2026-01-31', (value) => {
    if (typeof value !== 'number' && typeof value !== 'string') return null;
    const text = String(value);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return wrong(`must be a date such as 2026-01-31, not ${quoted(value)}`);
    return dayOfText(text) === null ? wrong(`must be a day of the calendar, and ${quoted(value)} is none`) : text;
  });

/** The month of an amendment, `YYYY-MM`; its first day is the same said in full. */
export const firstOfMonth = () =>
  leaf('a month such as 2026-06', (value) => {
    if (typeof value !== 'number' && typeof value !== 'string') return null;
    const parts = /^(\d{4}-\d{2})(?:-(\d{2}))?$/.exec(String(value));
    if (!parts) return wrong(`must be a month such as 2026-06, not ${quoted(value)}`);
    const [text, month = '', day = '01'] = parts;
    if (dayOfText(`${month}-${day}`) === null) return wrong(`must be a month of the calendar, and ${quoted(text)} is none`);
    return day === '01'
      ? month
      : wrong(
          `must be the first of a month, not ${quoted(text)}: an amendment takes effect on the first of a month; otherwise end the contract and start a new one`,
        );
  });

const CURRENCIES: readonly string[] = Intl.supportedValuesOf('currency');

export const currency = () =>
  leaf('a currency code such as USD', (value) => {
    if (typeof value !== 'string') return null;
    if (CURRENCIES.includes(value)) return value;
    const near = nearest(value, CURRENCIES, 1);
    return wrong(`must be a currency code of ISO 4217 such as USD, not ${quoted(value)}${near ? `; did you mean "${near}"?` : ''}`);
  });

/**
 * An amount of money from 0 on, as decimal text without idle zeros. A number of the file is exact too: the reader takes at
 * most 15 digits (yaml-reader.ts), and so many come back from a float as they were written.
 */
export const amount = () =>
  leaf('an amount such as "5000.00"', (value) => {
    if (typeof value !== 'number' && typeof value !== 'string') return null;
    const text = String(value).trim();
    if (/^-/.test(text)) return wrong(`must be 0 or more, not ${quoted(value)}`);
    const parts = /^0*(\d{1,30})(?:\.(\d{1,30}))?$/.exec(text);
    if (!parts) return wrong(`must be an amount in digits, such as "5000.00", not ${quoted(value)}`);
    const fraction = (parts[2] ?? '').replace(/0+$/, '');
    return fraction === '' ? `${parts[1]}` : `${parts[1]}.${fraction}`;
  });

/** The minor units of an amount in a currency, or why it has none. */
export const inCurrency = (text: string, code: string): Minor | Wrong => {
  const decimals = decimalsOf(code);
  if ((text.split('.')[1] ?? '').length > decimals)
    return wrong(`must have ${decimals === 0 ? 'no decimals' : `at most ${decimals} decimals`} in ${code}, not ${quoted(text)}`);
  return minorOfText(text, decimals) ?? wrong(`must be less than 2^53 of the smallest unit of ${code}, not ${quoted(text)}`);
};
