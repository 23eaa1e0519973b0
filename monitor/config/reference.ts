/**
 * The reference of the configuration file as Markdown, made from the schemas and their doc lines, so that it cannot say
 * anything else than what the parser does. docs/configuration.md is this text; a test compares them.
 */
import { z } from 'zod';
import { amendmentSchema } from './amendment.ts';
import { headerAssertionSchema, jsonAssertionSchema, textAssertionSchema } from './assertion-fields.ts';
import { expectSchema } from './check-http.ts';
import { CHECK_KINDS, FILE_KINDS } from './check-kinds.ts';
import { componentSchema } from './component.ts';
import { contractSchema } from './contract.ts';
import { claimSchema } from './contract-terms.ts';
import { scheduleSchema, tierSchema } from './credit-schedule.ts';
import { customerSchema } from './customer.ts';
import { SECRETS, VARIABLES } from './environment.ts';
import { keyNotes } from './leaf.ts';
import { locationSchema } from './locations.ts';
import { opsMailSchema, opsSchema, opsWebhookSchema } from './ops.ts';
import { pageLinkSchema, pageSchema } from './page.ts';
import { fileSchema } from './parse.ts';
import { policySchema, reserveSchema } from './policy.ts';
import { probesSchema } from './probes.ts';
import { supportSchema } from './support.ts';

const INTRODUCTION = `# Configuration

One YAML file, \`./avow.yaml\` or the one that \`AVOW_CONFIG\` or \`--config\` names. The shortest one that works:

\`\`\`yaml
components:
  - name: Website
    http: https://www.example.com/
\`\`\`

[avow.sample.yaml](avow.sample.yaml) shows the rest. The file is read at start and again on SIGHUP. A file with a fault changes
nothing: every fault is shown at once as \`file:line:column: message (path)\`, and a running Avow goes on with what it has.

- **Durations** carry a unit: \`250ms\`, \`30s\`, \`5m\`, \`1h\`, \`7d\`. A bare number is refused.
- **Zones** are IANA ids with a "/", or \`UTC\`. \`EST\` is refused: it could mean \`America/New_York\` or \`Etc/GMT+5\`.
- **Secrets** stay out of the file: in header values, bodies, \`send\`, the query of a URL and heartbeat tokens \`\${NAME}\` stands for the environment
  variable NAME, or for the content of the file that NAME_FILE names. Only the reference is stored. Secrets of \`ops.webhook\` are references only. \`$\${\` is a plain \`\${\`.
- **Identity** of a component is its slug. Renaming keeps its history; removing it keeps its ledger.
- **Without a file** Avow watches itself: "This status page" and "The record". Their kinds are built in and cannot be written in a file; with a
  file only what it names is watched, and the health of the store speaks through \`/readyz\` and the banner of the page.
- **The file itself** is UTF-8 without byte order mark, at most 1 MiB, 32 levels and 100 aliases; no tags, merge keys or second document.
`;

const CREDITS =
  'A list. No credit is owed by a schedule alone: a contract must name it. No tier may lie above the target of a contract that does.';

const CONTRACTS = `A list; a customer may have several. Amounts are exact: digits and a decimal point, in quotes or not. Components are named by slug.
Those of the last terms must be in the file; earlier terms may name what is gone since. A contract that has ended may be removed: its months stay.

**A month whose report is final is not rewritten.** A file that would change what was agreed for one is not taken, with a sentence that names
contract, term and month. So write an amendment rather than over the old terms, and name \`components\` and \`critical\` once reports are
final: with the defaults a new component in the file is a new term of every month.`;

const AMENDMENTS = `What changes on the first of a month; what an amendment does not name stays as it was. Customer, currency, zone and dates are not amended:
end the contract with \`to\` and start a new one.`;

const absentText = (schema: z.ZodType): string => {
  const absent = keyNotes.get(schema)?.absent;
  if (absent !== undefined) return absent;
  if (!(schema instanceof z.ZodPrefault)) return 'required';
  const value: unknown = schema.def.defaultValue;
  const empty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return empty
    ? 'defaults as below'
    : `\`${typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value)}\``;
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

const table = (title: string, lead: string, schema: z.ZodObject): string => {
  const rows = Object.entries(schema.shape).map(([key, field]) => {
    const note = keyNotes.get(field as z.ZodType);
    if (!note) throw new Error(`the key "${key}" of "${title}" has no doc line; give it one with documented()`);
    return `| \`${key}\` | ${cell(note.doc)} | ${cell(absentText(field as z.ZodType))} |`;
  });
  return [`## ${title}`, '', ...(lead === '' ? [] : [lead, '']), '| key | says | when absent |', '| --- | --- | --- |', ...rows, ''].join(
    '\n',
  );
};

const environment = (): string =>
  [
    '## Environment',
    '',
    'How this process runs. Flags of `avow start` win over variables; an unknown `AVOW_…` variable is refused. The last three are secrets: each may',
    'also be given as `NAME_FILE`, the path of a file that holds it.',
    '',
    '| variable | says | when absent |',
    '| --- | --- | --- |',
    ...Object.entries({ ...VARIABLES, ...SECRETS }).map(([name, { doc, absent }]) => `| \`${name}\` | ${cell(doc)} | ${cell(absent)} |`),
    '',
  ].join('\n');

/** The whole text of docs/configuration.md. */
export const configurationReference = (): string =>
  [
    INTRODUCTION,
    table('The file', '', fileSchema),
    table('page', '', pageSchema),
    table('page: links', 'A list, shown in this order.', pageLinkSchema),
    table('policy', 'The terms by which time is judged.', policySchema),
    table(
      'policy.reserve',
      'A slot is its wall start plus an elapsed length. A start that the clocks skip moves forward; of a repeated one the first counts.',
      reserveSchema,
    ),
    table(
      'components',
      `A list. Each entry has these keys and exactly one check: ${FILE_KINDS.map((kind) => `\`${kind}\``).join(', ')}.`,
      componentSchema,
    ),
    ...FILE_KINDS.map((kind) =>
      table(`components: ${kind}`, `${CHECK_KINDS[kind].doc} Short form: \`${CHECK_KINDS[kind].shorthand}\``, CHECK_KINDS[kind].schema),
    ),
    table('components: http.expect', '', expectSchema),
    table('Assertions on a body', 'An entry of `http.expect.body`, and `tcp.expect`. At least one key.', textAssertionSchema),
    table('Assertions on a header', 'An entry of `http.expect.headers`.', headerAssertionSchema),
    table('Assertions on JSON', 'An entry of `http.expect.json`.', jsonAssertionSchema),
    table('support', 'A list, shown in this order.', supportSchema),
    table('credit_schedules', CREDITS, scheduleSchema),
    table('credit_schedules: tiers', '', tierSchema),
    table('customers', 'A list.', customerSchema),
    table('contracts', CONTRACTS, contractSchema),
    table('contracts: claim', '', claimSchema),
    table('contracts: amendments', AMENDMENTS, amendmentSchema),
    table('locations', 'A list.', locationSchema),
    table('ops', 'How to be told, and what each notice means: [notices.md](notices.md).', opsSchema),
    table('ops.webhook', 'Standard Webhooks 1.0.', opsWebhookSchema),
    table('ops.mail', '', opsMailSchema),
    table('probes', '', probesSchema),
    environment(),
  ].join('\n');
