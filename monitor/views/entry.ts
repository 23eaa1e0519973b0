/** What the ways into the console show: forms, and what the person needs to know before they fill one in. */
import type { Role } from '#domain/access/permission.ts';

/** What was typed, and what is wrong with it; as site/server/prepared.ts has it. */
interface Form {
  readonly values: Readonly<Record<string, string>>;
  readonly faults: Readonly<Record<string, string>>;
  readonly refusal: string | null;
}

export interface SignInView {
  readonly form: Form;
  /** Where it leads afterwards. */
  readonly next: string;
  /** The password was right, and a code is asked for; null: the password is. */
  readonly ticket: string | null;
  /** A form that was typed into an ended session, sealed; null: none. */
  readonly carried: string | null;
}
export interface SetUpView {
  /** Null: the link makes no admin. */
  readonly token: string | null;
  readonly form: Form;
}
export interface InvitationView {
  readonly secret: string;
  /** Null: the link lets nobody in. */
  readonly open: { readonly email: string; readonly role: Role; readonly isNew: boolean; readonly expiresAt: number } | null;
  readonly form: Form;
}
export interface ProveView {
  readonly next: string;
  readonly form: Form;
  /** Whether a code will do. */
  readonly hasCode: boolean;
  readonly email: string;
  /** The form that asks for it, sealed, to be sent again afterwards; null: none. */
  readonly carried: string | null;
}
/** A form whose session had ended and that has no page of its own to come back to. */
export interface UnsentView {
  /** Where it goes. */
  readonly path: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}
