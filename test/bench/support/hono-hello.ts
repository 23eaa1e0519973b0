/** The reference of G7 and G8: plain Hono on @hono/node-server. `/` answers text, `/json` a small JSON. Prints `{"port":N}`. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const app = new Hono();
app.get('/', (c) => c.text('hello'));
app.get('/json', (c) => c.json({ hello: 'world' }));
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) => process.stdout.write(`${JSON.stringify({ port: info.port })}\n`));
process.on('disconnect', () => process.exit(0));
