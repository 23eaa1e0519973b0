/** What the pages of the console show of people: the views, each with the forms on it. */
import type { Role } from '#domain/access/permission.ts';
import type { AccountView, ScopeChoice } from './account.ts';
import type { PeopleView } from './people.ts';

interface Form {
  readonly values: Readonly<Record<string, string>>;
  readonly faults: Readonly<Record<string, string>>;
  readonly refusal: string | null;
}
interface Asked {
  readonly form: Form;
}

/** A customer that may be given to an account manager. */
export interface CustomerChoice {
  readonly id: string;
  readonly name: string;
  readonly chosen: boolean;
}

export interface AccountPage extends Asked {
  readonly account: AccountView;
}
export interface FactorPage extends Asked {
  /** Shown until a code proves that it was taken up. */
  readonly secret: string;
  readonly uri: string;
  readonly qr: { readonly size: number; readonly path: string };
}
export interface RecoveryPage {
  readonly codes: readonly string[];
}
export interface TokenPage extends Asked {
  readonly choices: readonly ScopeChoice[];
  readonly chosen: readonly string[];
  /** Shown once; null: not made yet. */
  readonly made: { readonly text: string; readonly name: string; readonly expiresAt: number } | null;
}
export interface PeoplePage extends PeopleView {
  readonly own: string;
}
export interface InvitePage extends Asked {
  readonly roles: readonly Role[];
  readonly customers: readonly CustomerChoice[];
  /** Shown once; null: not made yet. */
  readonly made: { readonly link: string; readonly email: string; readonly isNew: boolean; readonly expiresAt: number } | null;
}
export interface PersonPage extends Asked {
  readonly account: AccountView;
  readonly roles: readonly Role[];
  readonly customers: readonly CustomerChoice[];
  readonly isOwn: boolean;
}
