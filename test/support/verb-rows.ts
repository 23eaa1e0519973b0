/**
 * Every verb of the command line with words that reach it, the exit code that it is documented with, and the shape of what it prints with
 * `--json`: the one that the API answers in, where the API has it. A verb without a row fails test/monitor/cli/json-answers.test.ts.
 * `{…}` stands for what an earlier row answered; `name` says how later rows call it.
 */

import {
  applyShape,
  componentFormShape,
  componentShape,
  componentsShape,
  configurationShape,
  explainedShape,
  planShape,
  testShape,
} from '#site/api/answers/components.ts';
import { incidentShape, incidentsShape, incidentTemplateShape, incidentTemplatesShape } from '#site/api/answers/incidents.ts';
import { adjudicationShape, claimShape, overrideShape, overridesShape } from '#site/api/answers/ledger.ts';
import { announcementShape, maintenanceShape, nextShape } from '#site/api/answers/maintenance.ts';
import {
  accessShape,
  endedShape,
  factorRemovedShape,
  invitationRevokedShape,
  linkShape,
  peopleShape,
  sessionsShape,
  standingShape,
  tokenMadeShape,
  tokenRevokedShape,
  tokensShape,
} from '#site/api/answers/people.ts';
import {
  auditEntryShape,
  auditExportShape,
  auditPageShape,
  closeShape,
  deliveriesShape,
  doctorShape,
  filesShape,
  findings,
  imaginedShape,
  issuedSchema,
  noticeShape,
  pagesShape,
  recordsShape,
  verifyShape,
  whatIfShape,
} from '#site/api/answers/records.ts';
import { gateShape, releaseShape, releasesShape } from '#site/api/answers/releases.ts';
import { type Shape, text, z } from '#site/api/answers/shape.ts';

/** Exit code, and the code of the problem document where one is told. */
export interface Ending {
  readonly exit: 0 | 1 | 2 | 75;
  readonly code?: string;
}
export interface VerbRow {
  readonly words: string;
  readonly ending: Ending;
  /** Of each line on standard output; null: there is none. */
  readonly schema: z.ZodType | null;
  /** At the socket somebody must answer by this name. */
  readonly as?: 'Ann' | 'Ben';
  /** What later rows call an answer's field. */
  readonly name?: { readonly [called: string]: string };
  /** Where a token is answered otherwise than the owner of the data folder. */
  readonly remotely?: Ending;
  /** The view of the API that answers the very same document. */
  readonly view?: string;
  /** Both doors cannot answer the same: random secrets, or who did it from where. */
  readonly differs?: true;
  /** Needs no Avow at all. */
  readonly alone?: true;
}

const ok: Ending = { exit: 0 };
const no = (code: string): Ending => ({ exit: 1, code });
const bad = (code: string): Ending => ({ exit: 2, code });
const row = (
  words: string,
  ending: Ending,
  of: Shape<never> | z.ZodType | null,
  more: Omit<VerbRow, 'words' | 'ending' | 'schema'> = {},
): VerbRow => ({
  words,
  ending,
  schema: of === null ? null : 'document' in of ? of.schema : of,
  ...more,
});

const version = z.strictObject({ avow: text, node: text, tz: text });
const page = z.strictObject({ verb: text, summary: text, usage: text });
const verdict = z.strictObject({ file: text, ok: z.boolean(), findings });
const calculated = z.strictObject({ name: text, result: z.looseObject({ period_ms: z.int(), verdict: text }) });
const probed = z.strictObject({
  target: text,
  outcome: z.enum(['ok', 'slow', 'fail', 'error']),
  reason: text,
  detail: text,
  addresses: z.array(text),
  http_status: z.int().nullable(),
  latency_us: z.int().nullable(),
  phases_us: z.record(text, z.int()),
  cert_expires_at: z.iso.datetime().nullable(),
});

/** Verbs that run until they are told to stop, or have files in hand that their own tests make. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  start: 'runs until told to stop',
  demo: 'serves until told to stop (demo-command.test.ts)',
  'self-test': 'prints the sum of all tests (self-test.test.ts)',
  backup: 'writes a file beside a store (backup-command.test.ts)',
  secrets: 'changes a file beside a store (secrets-command.test.ts)',
  restore: 'reads such a file (backup-command.test.ts)',
};

export const VERB_ROWS: readonly VerbRow[] = [
  row('version', ok, version, { alone: true }),
  row('help claim', ok, page, { alone: true }),
  row('help', ok, page, { alone: true }),
  row('helf', bad('wrong_use'), null, { alone: true }),
  row('availability --case {files}/case.json', ok, calculated, { alone: true }),
  row('availability --case {files}/plan.yaml', bad('bad_case'), null, { alone: true }),
  row('check tcp://127.0.0.1:{closed}', { exit: 1 }, probed, { alone: true }),
  row('check nonsense://x', bad('wrong_use'), null, { alone: true }),

  row('maintenance announce --slot next --from 10:00 --to 12:00 --title Upgrade --body Short.', ok, announcementShape, {
    name: { window: 'id' },
  }),
  row('maintenance announce --slot next --from 10:00 --to 12:00 --title Upgrade --body Short.', no('slot_taken'), null),
  row('maintenance announce --slot next', bad('wrong_use'), null),
  row('maintenance announce --slot never --from 10:00 --to 12:00 --title Upgrade --body Short.', bad('bad_slot'), null),
  row('maintenance edit {window} --title Longer', ok, announcementShape),
  row('maintenance list', ok, maintenanceShape, { view: '/maintenance' }),
  row('maintenance next', ok, nextShape),
  row('maintenance complete', no('nothing_running'), null),
  row(
    'maintenance import --start 2026-11-21T10:00-05:00 --end 2026-11-21T11:00-05:00 --announced-at 2026-11-14T10:00-05:00 --title Former --body Told.',
    ok,
    announcementShape,
    { as: 'Ann', name: { former: 'id' } },
  ),
  row('maintenance approve {former} --evidence Letter', ok, announcementShape, { as: 'Ben' }),

  row('incident open --title Slow --body Looking. --component checkout=degraded', ok, incidentShape, { name: { incident: 'id' } }),
  row('incident open --title Slow', bad('wrong_use'), null),
  row('incident update {incident} --body Found. --status identified', ok, incidentShape),
  row('incident list', ok, incidentsShape, { view: '/incidents' }),
  row('incident resolve {incident} --body Mended.', ok, incidentShape),
  row('incident resolve {incident} --body Mended.', no('already_resolved'), null),
  row('incident list --all', ok, incidentsShape, { view: '/incidents/all' }),

  row('incident template save Cards --identified Found.', ok, incidentTemplateShape),
  row('incident template save Cards', bad('bad_text'), null),
  row('incident template list', ok, incidentTemplatesShape, { view: '/incidents/templates' }),
  row('incident template remove Cards', ok, incidentTemplateShape),
  row('incident template remove Cards', no('unknown_template'), null),

  row('release draft 4.2.0 --title Faster --notes {files}/notes.md', ok, releaseShape),
  row('release may-deploy 4.2.0', { exit: 1 }, gateShape),
  row('release publish-notes 4.2.0', ok, releaseShape),
  row('release schedule 4.2.0 --window {window}', ok, releaseShape),
  row('release schedule 4.2.0 --none', ok, releaseShape),
  row('release schedule 4.2.0 --window nothing', no('unknown_announcement'), null),
  row('release draft 4.2.1 --title Fix --notes {files}/notes.md --kind hotfix', ok, releaseShape),
  row('release tested 4.2.1', ok, releaseShape),
  row('release deployed 4.1.0', ok, releaseShape),
  row('release list', ok, releasesShape, { view: '/releases' }),
  row('maintenance cancel {window}', ok, announcementShape),

  row(
    'override add --component checkout --start 2026-11-27T03:00-05:00 --end 2026-11-27T04:00-05:00 --state down --reason Phone',
    ok,
    overrideShape,
    {
      as: 'Ann',
    },
  ),
  row(
    'override add --component checkout --start 2026-11-27T05:00-05:00 --end 2026-11-27T06:00-05:00 --state up --reason Probe --evidence Log',
    ok,
    overrideShape,
    { as: 'Ann', name: { override: 'id' } },
  ),
  row('override approve {override}', no('same_person'), null, { as: 'Ann' }),
  row('override approve {override}', ok, overrideShape, { as: 'Ben' }),
  row('override revoke {override} --reason Mistaken --evidence Log', ok, overrideShape, { as: 'Ann' }),
  row('override list', ok, overridesShape, { view: '/ledger/overrides' }),
  row('adjudicate 2026-10 --contract north --decision met --reason Agreed --evidence Mail', ok, adjudicationShape, {
    as: 'Ann',
    name: { adjudication: 'id' },
  }),
  row('adjudicate approve {adjudication}', ok, adjudicationShape, { as: 'Ben' }),
  row('adjudicate 2026-10 --contract nobody --decision met --reason Agreed --evidence Mail', no('unknown_contract'), null, { as: 'Ann' }),
  row('claim 2026-10 --contract north --received 2026-11-05T10:00Z --note Mail', ok, claimShape, { as: 'Ann' }),

  row('component list', ok, componentsShape, { view: '/components' }),
  row('component list --state nonsense', bad('bad_parameter'), null),
  row('component explain checkout', ok, explainedShape, { view: '/components/checkout' }),
  row('component add --name Mail --tcp mail.example.com:25', ok, componentShape),
  row('component edit mail --timeout 3s', ok, componentShape),
  row('component pause mail --reason Moving', ok, componentShape),
  row('component resume mail', ok, componentShape),
  row('component test checkout', ok, testShape),
  row('component remove mail', ok, componentShape),
  row('component remove checkout', no('managed_by_file'), null),
  row('plan {files}/plan.yaml', { exit: 1 }, planShape),
  row('plan {files}/notes.md', bad('bad_configuration'), null),
  row('apply {files}/plan.yaml', ok, applyShape, { as: 'Ann' }),
  row('export', ok, configurationShape, { view: '/configuration' }),

  row('notices list', ok, deliveriesShape, { view: '/notices' }),
  row('notices test', no('no_channel'), null),
  row('notices retry 1', no('unknown_delivery'), null),

  row('user invite ida@example.com --role viewer', ok, linkShape, { name: { invitation: 'id' }, remotely: no('denied') }),
  row('user revoke-invitation {invitation}', ok, invitationRevokedShape, { remotely: no('unknown_invitation') }),
  row('user list', ok, peopleShape),
  row('user role viewer@example.com account_manager', ok, standingShape),
  row('user disable viewer@example.com', ok, standingShape),
  row('user enable viewer@example.com', ok, standingShape),
  row('user role nobody@example.com ops', no('unknown_person'), null),
  row('user reset-password viewer@example.com', ok, linkShape, { remotely: no('denied') }),
  row('user remove-second-factor viewer@example.com', no('no_second_factor'), null),
  row('user sessions ops@example.com', ok, sessionsShape),
  row('user end-sessions ops@example.com', ok, endedShape),
  row('user end-session nothing', no('unknown_session'), null),
  row('user set-up-link', no('already_set_up'), null, { remotely: no('unreachable') }),
  row('token make --owner ops@example.com --name Pipeline --scope releases:deploy', ok, tokenMadeShape, {
    name: { token: 'id' },
    remotely: no('denied'),
  }),
  row('token list', ok, tokensShape, { differs: true }),
  row('token revoke {token}', ok, tokenRevokedShape, { remotely: no('unknown_token') }),

  row('audit list', ok, auditPageShape, { view: '/audit', differs: true }),
  row('audit list --csv', ok, auditExportShape, { differs: true }),
  row('audit list --since never', bad('bad_search'), null),
  row('audit show 1', ok, auditEntryShape, { view: '/audit/1', differs: true }),
  row('audit show 99999', no('unknown_row'), null),
  // The people of this rig came by no verb, so that the audit does not know them.
  row('audit verify', { exit: 1 }, recordsShape, { differs: true }),
  // It says of names whether people had to prove who they are.
  row('report 2026-10', ok, issuedSchema, { differs: true }),
  row('report never', bad('no_month'), null),
  row('report 2026-10 --what-if {files}/what-if.json', ok, imaginedShape),
  row('close 2026-10', no('no_key'), null),
  row('verify {files}/case.json', { exit: 2 }, verdict),
  row('doctor', { exit: 1 }, doctorShape, { differs: true }),
];

const month = { month: '2026-10' };
/** What the API alone answers; the command line tells a part of it, or one a line. */
export const API_ALONE: readonly { readonly path: string; readonly body?: object; readonly schema: z.ZodType }[] = [
  { path: '/private/people', schema: accessShape.schema },
  { path: '/private/components/checkout/form', schema: componentFormShape.schema },
  { path: '/reports/files', body: month, schema: filesShape.schema },
  { path: '/reports/what-if', body: { ...month, changes: [{ kind: 'target_ppm', target_ppm: 990_000 }] }, schema: whatIfShape.schema },
];
/** What this rig has not what it takes to do; their own tests do it. */
export const REFUSED_HERE: readonly Shape<never>[] = [closeShape, pagesShape, verifyShape, noticeShape, factorRemovedShape];
