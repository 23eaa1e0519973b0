/**
 * Arguments of a verb, strictly: options of `node:util` parseArgs in, values out. Refuses unknown options (naming the nearest
 * known one), missing values and stray words with a sentence, as a `UsageFault`.
 */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { closest, distance } from 'fastest-levenshtein';
import { UsageFault } from './command.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

export interface Shape<O extends Options> {
  readonly options: O;
  /** What the words after the options are called in a fault, e.g. `URL`; without it no words are taken. */
  readonly positionals?: string;
}

export function parseArguments<const O extends Options>(verb: string, argv: readonly string[], shape: Shape<O>) {
  try {
    return parseArgs({ args: [...argv], options: shape.options, allowPositionals: shape.positionals !== undefined, strict: true });
  } catch (cause) {
    throw new UsageFault(sentence(verb, argv, shape, cause), { cause });
  }
}

function sentence(verb: string, argv: readonly string[], shape: Shape<Options>, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const known = Object.keys(shape.options).map((name) => `--${name}`);
  const said = cause instanceof Error ? cause.message : String(cause);
  const option = /'(--?[^\s'=<,]+)/.exec(said)?.[1];
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && option) {
    if (known.length === 0) return `avow ${verb} takes no options, and ${option} was given.`;
    const near = closest(option, known);
    const guess = distance(option, near) * 2 <= near.length ? ` Did you mean ${near}?` : '';
    return `avow ${verb} has no option ${option}.${guess} Known: ${known.join(', ')}.`;
  }
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') {
    const word = /'([^']*)'/.exec(said)?.[1] ?? argv.at(-1);
    return `avow ${verb} takes options only, and was given the word "${word}".`;
  }
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && option) {
    const name = option.replace(/^-+/, '');
    const takesValue = Object.entries(shape.options).some(([long, o]) => (long === name || o.short === name) && o.type === 'string');
    return takesValue ? `${option} needs a value: write ${option} VALUE, or ${option}=VALUE.` : `${option} takes no value.`;
  }
  throw cause;
}
