/** Components as lines for a terminal at night: what is watched and how it is, why one of them is what it is, and how it came to be. */
import { instantWords } from '#domain/maintenance/words.ts';
import { lengthText } from '#domain/time/length-text.ts';
import { changeWords } from '#monitor/actions/difference-words.ts';
import type { VersionEntry } from '#monitor/views/component-history.ts';
import type { ComponentLine, ComponentListView } from '#monitor/views/component-list.ts';
import type { ComponentExplained } from '#monitor/views/explained.ts';
import { byWords } from './signed-words.ts';

const VERSIONS_SHOWN = 10;
const STATE_WORDS: Readonly<Record<ComponentLine['state'], string>> = {
  operational: 'operational',
  degraded: 'degraded',
  partial_outage: 'partly out',
  major_outage: 'DOWN',
  maintenance: 'maintenance',
  unknown: 'unknown',
};

const ago = (from: number, to: number): string => (to - from < 1_000 ? 'just now' : `${lengthText(to - from - ((to - from) % 1_000))} ago`);

const line = (one: ComponentLine, asOf: number): string => {
  const state = one.investigating ? 'investigating' : STATE_WORDS[one.state];
  const told = one.paused ? `${state}, paused` : state;
  const parts = [
    one.kind,
    ...(one.group === null ? [] : [one.group]),
    ...(one.critical ? [] : ['not critical']),
    one.managed === 'console' ? 'console' : 'file',
    one.lastCheckAt === null ? 'no check yet' : `checked ${ago(one.lastCheckAt, asOf)}`,
  ];
  return `  ${told.padEnd(20)} ${one.slug}  ${one.name === one.slug ? '' : `${one.name}  `}(${parts.join(', ')})`;
};

export const listLines = (view: ComponentListView): string[] => {
  const { found, total, console, paused, components, next } = view;
  const counts = [`${found} of ${total} components`, `${console} managed in the console`, ...(paused > 0 ? [`${paused} paused`] : [])];
  return [
    `${counts.join(', ')}. It is ${instantWords(view.zone, view.asOf)}.`,
    ...components.map((one) => line(one, view.asOf)),
    ...(next === null ? [] : [`More: --after ${next}`]),
  ];
};

const DEEDS: Readonly<Record<VersionEntry['deed'], string>> = {
  added: 'added',
  changed: 'changed',
  removed: 'removed',
  paused: 'paused',
  resumed: 'resumed',
  adopted: 'adopted by the file',
  moved: 'moved on the page',
};

const versionLines = (
  { recordedAt, deed, author, authenticated, managed, fields, pause }: VersionEntry,
  { zone, insider }: ComponentExplained,
): string[] => {
  const nobody = managed === 'file' ? ' by the file' : ' by somebody who gave no name';
  const who = insider ? byWords(author, authenticated ?? true) || nobody : '';
  const why = deed === 'paused' && pause?.reason ? `: ${pause.reason}` : '';
  return [
    `  ${instantWords(zone, recordedAt)}: ${DEEDS[deed]}${who}${why}`,
    ...(deed === 'changed' && fields.length === 0 ? ['    what is not shown was written anew'] : []),
    ...fields.map((change) => `    ${changeWords(change)}`),
  ];
};

export const explainLines = (view: ComponentExplained): string[] => {
  const { component, history, says } = view;
  const managed =
    component.managed === 'console' ? 'It is managed in the console.' : `It is managed by ${component.managedBy ?? 'Avow itself'}.`;
  const earlier = history.length - VERSIONS_SHOWN;
  return [
    ...says,
    '',
    managed,
    'How it came to be:',
    ...history.slice(0, VERSIONS_SHOWN).flatMap((version) => versionLines(version, view)),
    ...(earlier > 0 ? [`  and ${earlier} earlier (--json shows them)`] : []),
  ];
};
