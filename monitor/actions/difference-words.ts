/** The difference between what is in force and a file, in words for a tired operator: what is added, what changes key by key, what goes. */
import type { Difference, FieldChange } from '#monitor/config/difference.ts';
import { HIDDEN } from '#monitor/config/write-only.ts';

/** One line of a value. */
const MOST = 120;
const cut = (value: string): string => {
  const line = value.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line;
};

const told = (value: string | null): string => (value === null ? 'not set' : value === HIDDEN ? 'a value that is not shown' : cut(value));
/** `interval: 1m → 30s`; what is write-only is told as written anew, which it is whether or not it was the same before. */
export const changeWords = ({ path, before, after, secret }: FieldChange): string =>
  secret && before === after
    ? `${path}: written anew${before === HIDDEN ? '' : ` in ${before}`}, not shown`
    : `${path}: ${told(before)} → ${told(after)}`;

const NOUN = { component: 'component', contract: 'contract', section: '' } as const;
const GOES = {
  component: 'is no longer watched and leaves the page; its ledger stays',
  contract: 'ends as an entry of the file; months that were reported stay',
  section: 'goes back to its defaults',
} as const;

const subject = ({ what, id, name }: Difference): string =>
  what === 'section' ? id : `${NOUN[what]} ${id}${name === '' || name === id ? '' : ` (${name})`}`;

export const differenceLines = (differences: readonly Difference[]): string[] =>
  differences.flatMap((one) => {
    if (one.kind === 'added') return [`+ ${subject(one)} is new`];
    if (one.kind === 'removed') return [`- ${subject(one)} ${GOES[one.what]}`];
    return [`~ ${subject(one)} changes`, ...one.fields.map((change) => `    ${changeWords(change)}`)];
  });

const counted = (count: number, word: string): string => `${count} ${word}`;
export const differenceSummary = (differences: readonly Difference[]): string => {
  const count = (kind: Difference['kind']): number => differences.filter((one) => one.kind === kind).length;
  const parts = [
    ['added', count('added')],
    ['changed', count('changed')],
    ['removed', count('removed')],
  ] as const;
  return parts
    .filter(([, number]) => number > 0)
    .map(([word, number]) => counted(number, word))
    .join(', ');
};

/** Components of the console that the file names too. */
export const adoptionLines = (adopted: readonly string[]): string[] =>
  adopted.length === 0
    ? []
    : [
        `The file names ${adopted.join(', ')}, which the console manages: from then on the file does, and the console shows ${adopted.length === 1 ? 'it' : 'them'} read-only.`,
      ];
