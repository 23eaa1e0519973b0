/** Refusals by what they mean to the asker: a conflict with what is there (409), something unknown (404), or bad input (422). */
import type { Refusal } from './refusal.ts';

const KINDS = {
  slot_taken: 'conflict',
  already_ended: 'conflict',
  is_import: 'conflict',
  already_approved: 'conflict',
  same_person: 'conflict',
  not_an_import: 'conflict',
  not_started: 'conflict',
  nothing_running: 'conflict',
  which_one: 'conflict',
  already_resolved: 'conflict',
  not_resolved: 'conflict',
  still_down: 'conflict',
  unknown_announcement: 'unknown',
  unknown_incident: 'unknown',
  already_revoked: 'conflict',
  revocation_waits: 'conflict',
  is_revocation: 'conflict',
  recorded_without_evidence: 'conflict',
  not_indeterminate: 'conflict',
  not_covered: 'conflict',
  month_runs: 'conflict',
  no_key: 'conflict',
  month_ahead: 'conflict',
  unknown_override: 'unknown',
  unknown_adjudication: 'unknown',
  unknown_contract: 'unknown',
  no_revision: 'unknown',
  no_contracts: 'unknown',
} as const satisfies Record<string, 'conflict' | 'unknown'>;
export type RefusalKind = 'conflict' | 'unknown' | 'invalid';
export const kindOfRefusal = ({ code }: Refusal): RefusalKind => (code in KINDS ? KINDS[code as keyof typeof KINDS] : 'invalid');
