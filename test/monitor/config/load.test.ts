import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderFault } from '#monitor/config/fault.ts';
import { loadConfiguration } from '#monitor/config/load.ts';
import { isConfig } from '#monitor/config/parse.ts';
import { tempFolder } from '../../support/temp-store.ts';

const environment = { configFile: null, port: 4321, metricsPort: 4322 };
const file = 'components:\n  - name: API\n    http: {url: "https://api.example.com/", headers: {X-Key: "${API_KEY}"}}\n';
const said = (result: ReturnType<typeof loadConfiguration>): string[] => (isConfig(result) ? [] : result.map(renderFault));

describe('the configuration on disk', () => {
  it('is the first minute when no file is there and none was named', async () => {
    await using folder = await tempFolder();
    const result = loadConfiguration(environment, {}, folder.path);
    expect(isConfig(result) && result.source).toBeNull();
  });
  it('is ./avow.yaml when that is there, with secrets from files beside it', async () => {
    await using folder = await tempFolder();
    await writeFile(join(folder.path, 'avow.yaml'), file);
    await writeFile(join(folder.path, 'key'), 'from-a-file\n');
    const result = loadConfiguration(environment, { API_KEY_FILE: 'key' }, folder.path);
    if (!isConfig(result)) throw new Error(said(result).join());
    expect(result.source).toBe('avow.yaml');
    expect(result.components[0]?.check.definition).toMatchObject({ headers: { 'X-Key': 'from-a-file' } });
  });
  it('names its file in every fault, relative to the working folder', async () => {
    await using folder = await tempFolder();
    await mkdir(join(folder.path, 'etc'));
    await writeFile(join(folder.path, 'etc', 'status.yaml'), file);
    expect(said(loadConfiguration({ ...environment, configFile: 'etc/status.yaml' }, {}, folder.path))).toEqual([
      'etc/status.yaml:3:62: "X-Key" refers to API_KEY, which is not set; set API_KEY or API_KEY_FILE in the environment (components[0].http.headers.X-Key)',
    ]);
  });
  it('that was named and is not there, or is a folder, is a fault', async () => {
    await using folder = await tempFolder();
    expect(said(loadConfiguration({ ...environment, configFile: 'gone.yaml' }, {}, folder.path))).toEqual([
      'gone.yaml:1:1: the file does not exist; check its path and rights, as --config or AVOW_CONFIG names it',
    ]);
    await mkdir(join(folder.path, 'avow.yaml'));
    expect(said(loadConfiguration(environment, {}, folder.path))).toEqual([
      'avow.yaml:1:1: the file can not be read (EISDIR); check its path and rights, as --config or AVOW_CONFIG names it',
    ]);
  });
  it('may not name the ports of Avow itself', async () => {
    await using folder = await tempFolder();
    await writeFile(join(folder.path, 'avow.yaml'), 'components: [{name: Metrics, tcp: "127.0.0.1:4322"}]');
    await chmod(join(folder.path, 'avow.yaml'), 0o600);
    expect(said(loadConfiguration(environment, {}, folder.path))).toEqual([
      'avow.yaml:1:35: "tcp" leads to port 4322, which is Avow\'s own and is never probed; name another target (components[0].tcp)',
    ]);
  });
});
