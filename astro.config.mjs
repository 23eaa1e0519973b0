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
  // Style travels in the page: the first view of `/` is one request.
  build: { inlineStylesheets: 'always', redirects: false },
  // The front judges hosts, methods and origins before any page is rendered.
  security: { checkOrigin: false },
  vite: { build: { reportCompressedSize: false, chunkSizeWarningLimit: 700 }, logLevel: 'warn' },
});
