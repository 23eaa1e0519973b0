/** A configuration that does not come from a file on this machine: its text, its name, and the files that it names, as base64. */
import type { Config, ConfigFault } from './config.ts';
import { type ParseEnvironment, parseConfiguration } from './parse.ts';

export interface GivenText {
  readonly name: string;
  readonly document: string;
  readonly beside: Readonly<Record<string, string>>;
}

const missing = (name: string): Error => Object.assign(new Error(`${name} was not given`), { code: 'ENOENT' });

export const readDocument = (
  { name, document, beside }: GivenText,
  environment: Omit<ParseEnvironment, 'readBeside'>,
): Config | ConfigFault[] =>
  parseConfiguration(Buffer.from(document, 'utf8'), name, {
    ...environment,
    readBeside: (file, mostBytes) => {
      const text = Object.hasOwn(beside, file) ? beside[file] : undefined;
      if (text === undefined) throw missing(file);
      const bytes = Buffer.from(text, 'base64');
      return { size: bytes.length, bytes: bytes.length > mostBytes ? null : bytes };
    },
  });
