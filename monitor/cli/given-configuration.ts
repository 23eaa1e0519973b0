/** A configuration file as a verb sends it: its text, and the picture that it names beside it. What is no text at all is told here, for bytes do not travel. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { renderFault, unreadableWords } from '#monitor/config/fault.ts';
import { MAX_LOGO_BYTES } from '#monitor/config/logo.ts';
import { isMapping } from '#monitor/config/mapping.ts';
import { readYaml } from '#monitor/config/yaml-reader.ts';
import { MAX_BYTES, readText } from '#monitor/config/yaml-text.ts';
import { faultOf, type Io, tellProblem, UsageFault } from './command.ts';

export interface GivenFile {
  readonly name: string;
  /** Absolute, links followed. */
  readonly path: string;
  readonly document: string;
  readonly beside: Readonly<Record<string, string>>;
}

/** The picture that the document names, as far as it can be read; the server judges it. */
const besides = (document: string, name: string, folder: string): Record<string, string> => {
  const { value } = readYaml(document, name);
  const page = isMapping(value) ? value['page'] : undefined;
  const logo = isMapping(page) ? page['logo'] : undefined;
  if (typeof logo !== 'string') return {};
  try {
    const path = resolve(folder, logo);
    // One byte too many is enough to be told that it is too large.
    return statSync(path).isFile()
      ? {
          [logo]: readFileSync(path)
            .subarray(0, MAX_LOGO_BYTES + 1)
            .toString('base64'),
        }
      : {};
  } catch {
    return {};
  }
};

/** The file, or the exit code's sentence on standard error as `file:line:column: message`. Throws `UsageFault` when it cannot be read. */
export const givenFile = (name: string, io: Io): GivenFile | null => {
  const path = resolve(io.cwd, name);
  let bytes: Uint8Array;
  try {
    if (!statSync(path).isFile()) throw new UsageFault(`${name} is no file.`);
    bytes = statSync(path).size > MAX_BYTES ? new Uint8Array(MAX_BYTES + 1) : readFileSync(path);
  } catch (cause) {
    if (cause instanceof UsageFault) throw cause;
    throw new UsageFault(unreadableWords(name, cause), { cause });
  }
  const document = readText(bytes);
  if (typeof document !== 'string') {
    tellProblem(io, faultOf('bad_configuration', 422, 'Not acceptable as it is', renderFault({ file: name, path: '', ...document })));
    return null;
  }
  return { name, path: realpathSync(path), document, beside: besides(document, name, dirname(path)) };
};
