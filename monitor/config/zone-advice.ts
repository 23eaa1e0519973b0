/**
 * What to say of a time zone id that is not accepted. An abbreviation is never guessed: "EST" means the clock of New York
 * to most people and UTC-5 all year to some, and the tz database makes it a link to Panama (semantics B1).
 */
import { quoted } from './leaf.ts';
import { nearest } from './nearest.ts';

const CHOICES: readonly (readonly [RegExp, string, string])[] = [
  [/^(EST|EDT|EST5|EST5EDT|ET)$/, 'America/New_York', 'Etc/GMT+5'],
  [/^(CST|CDT|CST6|CST6CDT|CT)$/, 'America/Chicago', 'Etc/GMT+6'],
  [/^(MST|MDT|MST7|MST7MDT|MT)$/, 'America/Denver', 'Etc/GMT+7'],
  [/^(PST|PDT|PST8|PST8PDT|PT)$/, 'America/Los_Angeles', 'Etc/GMT+8'],
  [/^(HST|HDT|HST10)$/, 'Pacific/Honolulu', 'Etc/GMT+10'],
  [/^(BST|GMT|GMT0|WET|WEST)$/, 'Europe/London', 'UTC'],
  [/^(CET|CEST|MET|MEST)$/, 'Europe/Berlin', 'Etc/GMT-1'],
  [/^(EET|EEST)$/, 'Europe/Helsinki', 'Etc/GMT-2'],
  [/^(JST|ROK|KST)$/, 'Asia/Tokyo', 'Etc/GMT-9'],
];

/** Etc/GMT+5 is five hours behind UTC: the sign is the other way round than people write it. */
const fixedZone = (text: string): string | null => {
  const parts = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?00)?$/i.exec(text.trim());
  const hours = Number(parts?.[2]);
  if (!parts || hours === 0 || hours > (parts[1] === '+' ? 14 : 12)) return null;
  return `Etc/GMT${parts[1] === '+' ? '-' : '+'}${hours}`;
};

let known: readonly string[] | null = null;
const knownZones = (): readonly string[] => {
  const fixed = Array.from({ length: 12 }, (_, index) => [`Etc/GMT+${index + 1}`, `Etc/GMT-${index + 1}`]).flat();
  known ??= [
    'UTC',
    'Asia/Kolkata',
    'Asia/Ho_Chi_Minh',
    'Europe/Kyiv',
    'America/Argentina/Buenos_Aires',
    ...fixed,
    ...Intl.supportedValuesOf('timeZone'),
  ];
  return known;
};

/** The predicate for a refused zone: both real choices for an abbreviation, the nearest id for anything else. */
export const zoneAdvice = (zone: string): string => {
  const choice = CHOICES.find(([names]) => names.test(zone.trim().toUpperCase()));
  if (choice)
    return `must be an IANA time zone, and ${quoted(zone)} could mean two: write "${choice[1]}" for the local clock with its summer time, or "${choice[2]}" for a fixed offset all year`;
  const fixed = fixedZone(zone);
  if (fixed) return `must be an IANA time zone, not an offset; write "${fixed}" for ${quoted(zone)}`;
  const city = knownZones().find((known) => known.split('/').at(-1)?.toLowerCase() === zone.trim().toLowerCase().replaceAll(' ', '_'));
  const near = /^(z|utc|etc\/utc|zulu|universal)$/i.test(zone) ? 'UTC' : (city ?? nearest(zone, knownZones()));
  return `must be an IANA time zone such as "America/New_York" or "UTC", not ${quoted(zone)}${near ? `; did you mean "${near}"?` : ''}`;
};
