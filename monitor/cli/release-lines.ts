/** Releases in lines of text: each as it stands, and what the gate says. */
import { instantWords } from '#domain/maintenance/words.ts';
import { standingWords } from '#domain/release/release-words.ts';
import type { GateVerdict } from '#monitor/actions/ask-gate.ts';
import type { ReleaseListView } from '#monitor/views/release-list.ts';

export const releaseLines = ({ releases, terms, asOf }: ReleaseListView): string[] =>
  releases.length === 0
    ? ['There is no release yet.']
    : releases.flatMap((one) => {
        const [heading = '', ...rest] = standingWords(one, terms, asOf);
        return [heading, ...rest.map((line) => `    ${line}`)];
      });

const NEEDS: Readonly<Record<GateVerdict['needs'][number], string>> = {
  draft: 'it is drafted',
  publish_notes: 'its notes are public',
  schedule: 'it is planned into that window',
};

const listed = (parts: readonly string[]): string => new Intl.ListFormat('en').format(parts).replace(/, and /, ' and ');

/** The reason, and when it would be allowed: in the zone of the reserve and in UTC. */
export const gateLines = ({ allowed, reason, nextAllowedAt, needs, zone }: GateVerdict): string[] => {
  if (allowed) return [`Allowed. ${reason}`];
  const when =
    nextAllowedAt === null
      ? 'No announced window can take it.'
      : `It would be allowed at ${[...new Set([zone, 'UTC'])].map((one) => instantWords(one, nextAllowedAt)).join(' = ')}${needs.length === 0 ? '' : `, once ${listed(needs.map((need) => NEEDS[need]))}`}.`;
  return [`Not allowed. ${reason}`, when];
};
