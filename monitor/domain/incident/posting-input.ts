/** What people type when they post: statuses, components and their impacts, read against what is known. A mistyped word is answered with the nearest. */
import { knownNames } from '../known-names.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Instant } from '../time/instant.ts';
import { type ComponentImpact, IMPACTS, POSTED_STATUSES, type PostedStatus } from './incident-fact.ts';

export interface PostingComponent {
  readonly id: number;
  readonly slug: string;
  readonly critical: boolean;
  /** False: it was removed, and nothing new is said of it. */
  readonly watched: boolean;
}
export interface PostingSituation {
  readonly now: Instant;
  /** In which people are told times. */
  readonly zone: string;
  /** All there ever were. */
  readonly components: readonly PostingComponent[];
  /** The known word that a mistyped one most likely meant. */
  nearest(word: string, known: readonly string[]): string | null;
}

export interface AskedImpact {
  readonly component: string;
  readonly impact: string;
}
const guess = (near: string | null): string => (near === null ? '' : ` Did you mean ${near}?`);
/** A mistyped word, or one that only one known word begins with. */
const meant = (word: string, known: readonly string[], { nearest }: PostingSituation): string | null => {
  const begun = known.filter((one) => word !== '' && one.startsWith(word));
  return begun.length === 1 ? (begun[0] ?? null) : nearest(word, known);
};

/** One of the known statuses, or why it is none. */
export const readStatus = <S extends PostedStatus>(given: string, known: readonly S[], situation: PostingSituation): S | Refusal => {
  const status = known.find((one) => one === given);
  if (status) return status;
  const near = meant(given, known, situation);
  const what = (POSTED_STATUSES as readonly string[]).includes(given) ? 'no status of a new incident' : 'no status';
  return refuse('unknown_status', `"${given}" is ${what}.${guess(near)} Known: ${known.join(', ')}.`, { status: given, near, known });
};

const readImpact = ({ component, impact: given }: AskedImpact, situation: PostingSituation): ComponentImpact | Refusal => {
  const watched = situation.components.filter((one) => one.watched);
  const known = watched.map(({ slug }) => slug).sort();
  const found = watched.find(({ slug }) => slug === component);
  if (!found) {
    const near = meant(component, known, situation);
    const sentence = `There is no component ${component}.${guess(near)} Known: ${knownNames(known)}.`;
    return refuse('unknown_component', sentence, { unknown: component, near, known });
  }
  const impact = IMPACTS.find((one) => one === given);
  if (impact) return { componentId: found.id, impact };
  const near = meant(given, IMPACTS, situation);
  return refuse('unknown_impact', `"${given}" is no impact on ${component}.${guess(near)} Known: ${IMPACTS.join(', ')}.`, {
    component,
    impact: given,
    near,
    known: IMPACTS,
  });
};

/** The impacts by the store's numbers, in the order asked; none asked, none answered. Refuses what is not watched, no impact, or named twice. */
export const readImpacts = (asked: readonly AskedImpact[], situation: PostingSituation): readonly ComponentImpact[] | Refusal => {
  const named = new Set<string>();
  const twice = asked.find(({ component }) => named.size === named.add(component).size)?.component;
  if (twice !== undefined)
    return refuse('component_twice', `${twice} is named twice. Give one impact for each component.`, { component: twice });
  const read: ComponentImpact[] = [];
  for (const one of asked) {
    const impact = readImpact(one, situation);
    if (isRefusal(impact)) return impact;
    read.push(impact);
  }
  return read;
};
