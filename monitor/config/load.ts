/**
 * From disk to configuration: the file that was named, else ./avow.yaml when it is there, else the first minute. Reads on
 * every call, at start and on SIGHUP alike; what to do with faults is the caller's affair (keep the old configuration).
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Config, ConfigFault } from './config.ts';
import { type Environment, parseEnvironment } from './environment.ts';
import { firstMinuteConfig } from './first-minute.ts';
import type { ReadBeside } from './logo.ts';
import { parseConfiguration } from './parse.ts';
import { MAX_BYTES } from './yaml-text.ts';

/** Name under which a file is spoken of: relative when it lies below the working folder. */
const spokenName = (path: string, workingDir: string): string => {
  const short = relative(workingDir, path);
  return short === '' || short.startsWith('..') ? path : short;
};

const unreadable = (file: string, error: unknown): ConfigFault[] => {
  const code = (error as NodeJS.ErrnoException).code;
  const why =
    code === 'ENOENT'
      ? 'does not exist'
      : code === 'EACCES'
        ? 'may not be read by this user'
        : `can not be read (${code ?? 'unknown error'})`;
  return [
    { file, line: 1, column: 1, message: `the file ${why}; check its path and rights, as --config or AVOW_CONFIG names it`, path: '' },
  ];
};

const besides =
  (folder: string): ReadBeside =>
  (name, mostBytes) => {
    const path = resolve(folder, name);
    const found = statSync(path);
    if (!found.isFile()) throw new Error('it is no file');
    return { size: found.size, bytes: found.size > mostBytes ? null : readFileSync(path) };
  };

/** The configuration that holds now, or its faults. `variables` is where `${NAME}` references are looked up. */
export const loadConfiguration = (
  environment: Pick<Environment, 'configFile' | 'port' | 'metricsPort'> & Partial<Pick<Environment, 'smtpUrl'>>,
  variables: Readonly<Record<string, string | undefined>>,
  workingDir: string,
): Config | ConfigFault[] => {
  const path = resolve(workingDir, environment.configFile ?? 'avow.yaml');
  const file = spokenName(path, workingDir);
  let bytes: Uint8Array;
  try {
    const { size } = statSync(path);
    if (size > 64 * MAX_BYTES) return parseConfiguration(new Uint8Array(MAX_BYTES + 1), file, { secret: () => null, ownPorts: [] });
    bytes = readFileSync(path);
  } catch (error) {
    if (environment.configFile === null && (error as NodeJS.ErrnoException).code === 'ENOENT') return firstMinuteConfig();
    return unreadable(file, error);
  }
  return parseConfiguration(bytes, file, {
    ...parseEnvironment(environment, variables, (name) => readFileSync(resolve(workingDir, name))),
    readBeside: besides(dirname(path)),
  });
};
