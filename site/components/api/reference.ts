/**
 * An OpenAPI document as a person reads it: operations with parameters, answers and an example request; shapes with their fields, inner
 * objects written out as dotted names, shapes of their own named. Pure; words come from `words.api`.
 */
import type { Words } from '../../i18n/en/words.ts';

type ApiWords = Words['api'];

/** As much of a schema as is shown. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly example?: unknown;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
  readonly example?: unknown;
}
interface Answer {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}
interface Operation {
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly responses?: Readonly<Record<string, Answer>>;
}
export interface OpenApiDocument {
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly paths?: Readonly<Record<string, { readonly get?: Operation }>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** `shape`: name of a shape that is told for itself. */
export interface Kind {
  readonly text: string;
  readonly shape: string | null;
}
export interface Field {
  readonly name: string;
  readonly kind: Kind;
  readonly required: boolean;
  readonly meaning: string;
}
export interface ParameterView extends Field {
  readonly place: string;
}
export interface OperationView {
  readonly id: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly ParameterView[];
  readonly answers: readonly { readonly status: string; readonly meaning: string; readonly kind: Kind | null }[];
  /** Path and query that can be asked. */
  readonly example: string;
  /** Of an answer that is no named shape. */
  readonly fields: readonly Field[];
}
export interface Reference {
  readonly groups: readonly { readonly name: string; readonly about: string; readonly operations: readonly OperationView[] }[];
  readonly shapes: readonly { readonly name: string; readonly about: string; readonly fields: readonly Field[] }[];
}

const isNull = ({ type }: Schema): boolean => type === 'null';

/** The schema beside null, and whether null may stand there. */
const beside = (schema: Schema): { readonly own: Schema; readonly nullable: boolean } => {
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) {
    const own = choice.filter((one) => !isNull(one));
    if (own.length === 1 && own[0])
      return {
        own: { ...own[0], ...(schema.description ? { description: schema.description } : {}) },
        nullable: own.length < choice.length,
      };
  }
  if (schema.allOf) {
    const parts = schema.allOf.map(beside);
    const named = parts.find(({ own }) => own.$ref) ?? parts[0];
    if (named)
      return {
        own: { ...named.own, ...(schema.description ? { description: schema.description } : {}) },
        nullable: parts.some(({ nullable }) => nullable),
      };
  }
  if (typeof schema.type === 'object' && schema.type.includes('null')) {
    const [type = 'unknown'] = schema.type.filter((one) => one !== 'null');
    return { own: { ...schema, type }, nullable: true };
  }
  return { own: schema, nullable: false };
};

const typeOf = ({ type }: Schema): string => (typeof type === 'string' ? type : (type?.[0] ?? 'unknown'));

const kindOf = (schema: Schema, words: ApiWords): Kind => {
  const { own, nullable } = beside(schema);
  const or = ({ text, shape }: Kind): Kind => ({ text: nullable ? words.orNull(text) : text, shape });
  if (own.$ref) {
    const shape = own.$ref.split('/').at(-1) ?? '';
    return or({ text: shape, shape });
  }
  const values = own.enum?.filter((one) => one !== null) ?? ('const' in own ? [own.const] : null);
  if (values) return or({ text: words.oneOf(values.map(String)), shape: null });
  if (own.items) {
    const { text, shape } = kindOf(own.items, words);
    return or({ text: words.listOf(text), shape });
  }
  const text = words.types[own.format ?? ''] ?? words.types[typeOf(own)] ?? typeOf(own);
  return or({ text, shape: null });
};

/** Fields of an object; objects inside it that have no name of their own are written out. */
const fieldsOf = (schema: Schema, words: ApiWords, before = ''): Field[] =>
  Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const { own } = beside(value);
    const name = `${before}${key}`;
    const inner = own.items ? beside(own.items).own : own;
    const field: Field = {
      name,
      kind: kindOf(value, words),
      required: schema.required?.includes(key) ?? false,
      meaning: value.description ?? own.description ?? '',
    };
    return [field, ...(inner.$ref ? [] : fieldsOf(inner, words, `${name}${own.items ? '[]' : ''}.`))];
  });

const parameterOf = ({ name, in: place, required = false, description, schema = {} }: Parameter, words: ApiWords): ParameterView => {
  const { minimum, maximum } = schema;
  const bounds = minimum !== undefined && maximum !== undefined ? [words.between(String(minimum), String(maximum))] : [];
  const usual = schema.default === undefined ? [] : [words.usually(String(schema.default))];
  const { text, shape } = kindOf(schema, words);
  const kind = { text: [text, ...bounds, ...usual].join(', '), shape };
  return { name, place: words.places[place] ?? place, required, kind, meaning: description ?? schema.description ?? '' };
};

const exampleOf = (path: string, parameters: readonly Parameter[]): string => {
  const value = ({ name, example, schema }: Parameter): string => encodeURIComponent(String(example ?? schema?.example ?? name));
  const filled = parameters.filter((one) => one.in === 'path').reduce((text, one) => text.replace(`{${one.name}}`, value(one)), path);
  const query = parameters.filter((one) => one.in === 'query' && (one.example ?? one.schema?.example) !== undefined);
  return query.length === 0 ? filled : `${filled}?${query.map((one) => `${one.name}=${value(one)}`).join('&')}`;
};

const schemaOf = ({ content }: Answer): Schema | null => Object.values(content ?? {})[0]?.schema ?? null;

const operationOf = (path: string, operation: Operation, words: ApiWords): OperationView => {
  const answers = Object.entries(operation.responses ?? {});
  const whole = answers.map(([, answer]) => schemaOf(answer)).find((schema) => schema !== null);
  return {
    id: operation.operationId ?? path,
    path,
    summary: operation.summary ?? path,
    description: operation.description ?? '',
    parameters: (operation.parameters ?? []).map((one) => parameterOf(one, words)),
    answers: answers.map(([status, answer]) => {
      const schema = schemaOf(answer);
      return { status, meaning: answer.description, kind: schema?.$ref ? kindOf(schema, words) : null };
    }),
    example: exampleOf(path, operation.parameters ?? []),
    fields: whole && !whole.$ref ? fieldsOf(whole, words) : [],
  };
};

export const referenceOf = ({ tags = [], paths = {}, components }: OpenApiDocument, words: ApiWords): Reference => ({
  groups: tags.map(({ name, description = '' }) => ({
    name,
    about: description,
    operations: Object.entries(paths).flatMap(([path, { get }]) => (get?.tags?.includes(name) ? [operationOf(path, get, words)] : [])),
  })),
  shapes: Object.entries(components?.schemas ?? {}).map(([name, schema]) => ({
    name,
    about: schema.description ?? '',
    fields: fieldsOf(schema, words),
  })),
});
