/** Builds the pages into `dist/server/entry.mjs` (a Renderer, no server) and `dist/client` (assets under /_astro). */
import react from '@astrojs/react';
import { defineConfig, passthroughImageService } from 'astro/config';
import { avowAdapter } from './site/server/astro-adapter.ts';

export default defineConfig({
  srcDir: './site',
  publicDir: './site/public',
  outDir: './dist',
  output: 'server',
  adapter: avowAdapter(),
  integrations: [react()],
  session: false,
  image: { service: passthroughImageService() },
  devToolbar: { enabled: false },
  trailingSlash: 'ignore',
  // Style travels in a public page: the first view of `/` is one request. Whoever works in the console sees many pages and loads its sheet once.
  build: { inlineStylesheets: 'auto', redirects: false },
  // The front judges hosts, methods and origins before any page is rendered. The build notes the hashes of every inline
  // script and style that it puts into pages; astro-entry.ts hands them to the front, which writes the policy.
  security: { checkOrigin: false, csp: true },
  vite: {
    build: {
      assetsInlineLimit: (path) => (path.endsWith('.css') ? !/^_astro\/console\./.test(path) : undefined),
      reportCompressedSize: false,
      chunkSizeWarningLimit: 700,
    },
    logLevel: 'warn',
  },
});
