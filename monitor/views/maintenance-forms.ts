/** What the pages of the console with forms about maintenance are handed: views, and beside them what was typed and what is wrong with it. Plain JSON. */

import type { AnnounceOffer } from './announce-page.ts';
import type { AnnouncementDeskView } from './announcement-desk.ts';
import type { AnnouncementPreview } from './announcement-preview.ts';
import type { RevisionChange } from './maintenance-pages.ts';

/** A form as its page shows it (site/server/prepared.ts): `faults` by field. */
interface FormState {
  readonly values: Readonly<Record<string, string>>;
  readonly faults: Readonly<Record<string, string>>;
  readonly sees?: Readonly<Record<string, string>>;
  readonly refusal: string | null;
}

/** Whose names may be shown beside figures of contracts. */
export interface Eyes {
  readonly mayWrite: boolean;
  /** Of customers and contracts. */
  readonly mayNames: boolean;
}
export interface DraftState {
  readonly id: string;
  readonly version: number;
  readonly author: string;
  readonly recordedAt: number;
}
/** Another version was kept meanwhile. */
export interface DraftConflict extends DraftState {
  readonly theirs: FormState['values'];
}
export interface AnnounceView extends AnnounceOffer {
  readonly form: FormState;
  readonly preview: AnnouncementPreview;
  readonly eyes: Eyes;
  readonly draft: DraftState | null;
  readonly conflict: DraftConflict | null;
  /** It was sent to be checked: the faults of what is still empty are said. */
  readonly checked: boolean;
}
/** Another revision was written since the form was opened. */
export interface EditConflict {
  readonly rev: number;
  readonly author: string | null;
  readonly recordedAt: number;
  /** What theirs changed … */
  readonly theirs: readonly RevisionChange[];
  /** … and what would change on top of it. */
  readonly mine: readonly RevisionChange[];
}
export interface AnnouncementView extends AnnouncementDeskView {
  readonly eyes: Eyes;
  readonly form: FormState;
  readonly preview: AnnouncementPreview;
  /** The revision that the form is based on. */
  readonly basedOn: number;
  readonly conflict: EditConflict | null;
  readonly choices: AnnounceOffer['choices'];
  /** What went wrong with another of its buttons; null: nothing. */
  readonly refusal: string | null;
  readonly evidence: FormState;
  readonly checked: boolean;
}
/** What a script asks for while somebody types. */
export interface VerdictView {
  readonly preview: AnnouncementPreview;
  readonly eyes: Eyes;
  readonly edits: boolean;
}
