/**
 * Secrets taken out of what is about to be logged: the second line of defence, behind "facts are named one by one". Out go the values
 * of facts whose name says that they are secret, at any depth, and in any text what has the form of a secret: user and password of a
 * URL, credentials of an Authorization header, tokens in a query, addresses that are secrets (heartbeats, links to reports, invitations), keys with a known prefix.
 * Source: reliability P33.
 */

const CONCEALED = '•••';
const SECRET_NAME = /authorization|cookie|token|secret|password|passwd|passphrase|credential|api.?key|private.?key/i;
/** Deeper than anything that Avow logs. */
const DEEPEST = 6;

const FORMS: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]+@/gi, `$1${CONCEALED}@`],
  // With a figure, a capital or a sign in it: no word of a sentence.
  [/\b(Bearer|Basic|Digest)\s+(?=[a-z_-]*[^\sa-z_-])[\w.~+/=-]{6,}/g, `$1 ${CONCEALED}`],
  [/([?&;](?:[\w-]*(?:token|secret|password|passwd|key|auth|sig|signature))=)[^\s&;#"']+/gi, `$1${CONCEALED}`],
  [/(\/(?:beat|shared|admin\/invitations)\/)[^\s/?#"']+/gi, `$1${CONCEALED}`],
  [/\b(whsec_|sp_[A-Za-z0-9]+_)[\w+/=-]{16,}/g, `$1${CONCEALED}`],
  [/-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$)/g, `the ${'$1'} ${CONCEALED}`],
];

/** `text` without what has the form of a secret. */
export const redactText = (text: string): string => FORMS.reduce((told, [form, instead]) => told.replace(form, instead), text);

const redactValue = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '…';
  if (value instanceof Error) return redactText(value.stack ?? value.message);
  if (Array.isArray(value)) return value.map((one) => redactValue(one, depth + 1));
  return redactFacts(value as Readonly<Record<string, unknown>>, depth + 1);
};

/** The same facts without secrets. How many of something secret there are may be told. */
export const redactFacts = (facts: Readonly<Record<string, unknown>>, depth = 0): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      SECRET_NAME.test(name) && value !== null && value !== undefined && typeof value !== 'number' && typeof value !== 'boolean'
        ? CONCEALED
        : redactValue(value, depth),
    ]),
  );
