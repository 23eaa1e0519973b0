/**
 * A component as the console's form has it: who it is in fields of their own, and how it is checked as the lines that the configuration
 * file would have. Text in, a raw entry out, for the parser of the file to judge; and the other way round. What is no YAML is a fault of
 * the text, with its line.
 */
import { isMap, parseDocument, stringify } from 'yaml';
import type { DocumentMapping } from './document-check.ts';
import type { FieldFault } from './form.ts';

/** Fields of their own; the rest is the text. */
const OWN_FIELDS = ['slug', 'name', 'description', 'group', 'critical'] as const;
export type OwnField = (typeof OWN_FIELDS)[number];

export interface TypedComponent {
  readonly fields: Readonly<Record<Exclude<OwnField, 'critical'>, string>>;
  readonly critical: boolean;
  /** YAML without the fields above. */
  readonly check: string;
}

const MOST_CHARACTERS = 20_000;

const isOwn = (key: string): boolean => (OWN_FIELDS as readonly string[]).includes(key);

export const componentText = (form: DocumentMapping): TypedComponent => {
  const words = (key: string): string => (typeof form[key] === 'string' ? (form[key] as string) : '');
  const rest = Object.fromEntries(Object.entries(form).filter(([key, value]) => !isOwn(key) && value !== undefined));
  return {
    fields: { slug: words('slug'), name: words('name'), description: words('description'), group: words('group') },
    critical: form['critical'] !== false,
    check: stringify(rest, { lineWidth: 0 }).trim(),
  };
};

/** The entry as the file would have it, or what is wrong with the text. */
export const typedComponent = ({ fields, critical, check }: TypedComponent): Readonly<Record<string, unknown>> | FieldFault => {
  const fault = (message: string): FieldFault => ({ path: 'check', message });
  if (check.length > MOST_CHARACTERS)
    return fault(`the check has ${check.length} characters, and ${MOST_CHARACTERS} is the most; shorten it`);
  const document = parseDocument(check, { prettyErrors: false, maxAliasCount: 0 } as object);
  const [bad] = document.errors;
  if (bad) {
    const line = check.slice(0, bad.pos[0]).split('\n').length;
    return fault(`line ${line} of the check is not as the file would have it: ${bad.message.replace(/\s+/g, ' ')}`);
  }
  if (!isMap(document.contents))
    return fault('the check is written as in the file: a kind and its target, such as “http: https://www.example.com/health”');
  let rest: Record<string, unknown>;
  try {
    rest = document.toJS({ maxAliasCount: 0 }) as Record<string, unknown>;
  } catch {
    return fault('the check uses anchors; write the values out where they are needed');
  }
  const twice = Object.keys(rest).find(isOwn);
  if (twice !== undefined) return fault(`“${twice}” has a field of its own above; take it out of the check`);
  const given = Object.entries(fields).filter(([, value]) => value.trim() !== '');
  return { ...Object.fromEntries(given.map(([key, value]) => [key, value.trim()])), ...(critical ? {} : { critical: false }), ...rest };
};

export const isFieldFault = (value: Readonly<Record<string, unknown>> | FieldFault): value is FieldFault =>
  Object.keys(value).length === 2 && 'path' in value && 'message' in value;
