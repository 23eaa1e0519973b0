/** Writes the sentences of broken/*.yaml beside them, to be read by a person before they are committed: `node write-sentences.ts`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { renderFault } from '#monitor/config/fault.ts';
import { isConfig, parseConfiguration } from '#monitor/config/parse.ts';

const folder = new URL('broken/', import.meta.url);
for (const name of readdirSync(folder).filter((file) => file.endsWith('.yaml'))) {
  const result = parseConfiguration(readFileSync(new URL(name, folder)), name, { secret: () => null, ownPorts: [4321, 4322] });
  const sentences = isConfig(result) ? [] : result.map(renderFault);
  writeFileSync(new URL(name.replace(/yaml$/, 'txt'), folder), sentences.map((line) => `${line}\n`).join(''));
}
