/**
 * The adapter that turns the built pages into a function: request and view in, answer out. It opens no port, serves no
 * file, keeps no session; the front does all that. Source: house.md (the front is ours), reliability D6 and D7.
 */
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** Build-time half; the run-time half is astro-entry.ts. */
export const avowAdapter = (): AstroIntegration => ({
  name: 'avow-adapter',
  hooks: {
    'astro:config:done': ({ setAdapter }) => {
      setAdapter({
        name: 'avow-adapter',
        entrypointResolution: 'auto',
        serverEntrypoint: fileURLToPath(new URL('./astro-entry.ts', import.meta.url)),
        adapterFeatures: { buildOutput: 'server', middlewareMode: 'classic' },
        supportedAstroFeatures: { serverOutput: 'stable' },
      });
    },
  },
});
