/** French sentences of the release pages: what changes in which window, what changed, and whether it kept to its window. */
import type { NotesGroup } from '#domain/release/notes-groups.ts';
import type { ReleaseKind } from '#domain/release/release-fact.ts';
import type { UnscheduledReason } from '#domain/release/release-standing.ts';
import type { releasesWords as english } from '../en/releases.ts';
import { counted, plural } from './grammar.ts';

const groups: Record<NotesGroup['kind'], string> = {
  added: 'Ajouts',
  changed: 'Modifications',
  deprecated: 'Dépréciations',
  removed: 'Suppressions',
  fixed: 'Corrections',
  security: 'Sécurité',
  other: 'Notes de version',
};
const kinds: Record<ReleaseKind, string> = { standard: 'Version', hotfix: 'Correctif', emergency: 'Urgence' };
const unscheduled: Record<UnscheduledReason | 'over', string> = {
  cancelled: 'La fenêtre dans laquelle cette version était prévue a été annulée.',
  nothing_excluded: 'Il ne reste rien de la fenêtre dans laquelle cette version était prévue.',
  shrunk: 'La fenêtre dans laquelle cette version était prévue ne contient plus son heure.',
  over: 'La fenêtre dans laquelle cette version était prévue a pris fin avant sa mise en production.',
};

export const releasesWords: typeof english = {
  nav: 'Versions',
  title: (page) => `Versions · ${page}`,
  releaseTitle: (version, title, page) => `${title === null ? version : `${version}\u00a0: ${title}`} · ${page}`,
  headline: (count, day) => `${counted(count, true)} ${count < 2 ? 'version est prévue' : 'versions sont prévues'} pour le ${day}.`,
  nothingPlanned: 'Aucune version n’est prévue.',
  heading: (version, title) => (title === null ? `Version ${version}` : `${version}\u00a0: ${title}`),

  coming: 'Ce qui est prévu',
  changesOn: (day) => `Ce qui change le ${day}`,
  changedOn: (day) => `Ce qui a changé le ${day}`,
  changesUnplanned: 'Ce qui change',
  unplanned: 'Pas encore dans une fenêtre',
  released: 'Ce qui a été mis en production',
  nothingReleased: 'Rien n’a encore été mis en production.',
  omitted: (count) => `${plural(count, 'version plus ancienne non affichée', 'versions plus anciennes non affichées')}.`,

  kinds,
  groups,
  plannedFor: 'Heure prévue\u00a0:',
  window: 'Fenêtre',
  plannedIn: (title) => `Prévue dans la maintenance «\u00a0${title}\u00a0».`,
  deployedIn: (title) => `Réalisée dans la maintenance «\u00a0${title}\u00a0».`,
  notInWindow: 'Cette version n’est encore dans aucune fenêtre annoncée.',
  unscheduled: (reason) => unscheduled[reason],

  facts: 'Quand',
  notesPublic: 'Notes publiques',
  revisions: 'Modifications des notes',
  amended: 'Notes révisées',
  amendedNote: 'Les notes ont été modifiées après le début de la fenêtre ou après la mise en production.',
  firstRevision: 'Première publication',
  laterRevision: 'Modification',
  deployed: 'Mise en production',
  rolledBack: 'Retirée de la production',
  inside: 'Pendant la fenêtre',
  outside: 'En dehors d’une fenêtre de maintenance',
  outsideNote: 'La production a été modifiée à un moment qui n’était pas annoncé, ou qui ne compte pas, comme maintenance.',
  emergency: 'En urgence',
  noNotes: 'Aucune note n’a été publiée pour cette version.',
  all: 'Toutes les versions',
  waiting: 'Sans fenêtre',
  marks: {
    coming: 'Prévue',
    released: 'En production',
    rolled_back: 'Retirée',
    outside: 'En dehors d’une fenêtre de maintenance',
  },
};
