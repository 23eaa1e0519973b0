/**
 * Where the configuration comes from: the named file, else ./avow.yaml when it is there, else the built-in one of the
 * first minute. Bytes in, `Config` or the lines to print out; a file that cannot be read is a line like any other fault.
 */
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import type { Config } from '#monitor/config/config.ts';
import { type Environment, parseEnvironment } from '#monitor/config/environment.ts';
import { renderFault } from '#monitor/config/fault.ts';
import { firstMinuteConfig } from '#monitor/config/first-minute.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';

export interface ConfigurationSource {
  /** The absolute path, or null: the built-in configuration. Looked up anew at each reading: a first file may appear. */
  path(): string | null;
  read(): Config | readonly string[];
}

export const isFaulty = (read: Config | readonly string[]): read is readonly string[] => Array.isArray(read);

export const configurationSource = (
  environment: Environment,
  variables: Readonly<Record<string, string | undefined>>,
  cwd: string,
): ConfigurationSource => {
  const path = (): string | null => {
    if (environment.configFile !== null)
      return isAbsolute(environment.configFile) ? environment.configFile : join(cwd, environment.configFile);
    const usual = join(cwd, 'avow.yaml');
    return existsSync(usual) ? usual : null;
  };
  return {
    path,
    read() {
      const file = path();
      if (file === null) return firstMinuteConfig();
      const inside = relative(cwd, file);
      const shown = inside !== '' && !inside.startsWith('..') ? inside : file;
      let bytes: Uint8Array;
      try {
        bytes = readFileSync(file);
      } catch (cause) {
        return [
          `${shown}: the configuration cannot be read (${(cause as { code?: string }).code ?? String(cause)}); check the path and its rights`,
        ];
      }
      const parsed = parseConfiguration(
        bytes,
        shown,
        parseEnvironment(environment, variables, (secret) => readFileSync(secret)),
      );
      return isConfig(parsed) ? parsed : parsed.map(renderFault);
    },
  };
};
