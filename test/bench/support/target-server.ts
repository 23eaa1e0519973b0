/**
 * The watched service of the benchmarks, in a process of its own: `node target-server.ts KIND [DELAY_MS]` with KIND http
 * or tls. Prints `{"port":N}` on one line, answers every request with a small body after the delay, closes after each.
 */
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

const [kind = 'http', delay = '0'] = process.argv.slice(2);
const body = Buffer.from('{"status":"up"}\n');
const answer: RequestListener = (_request, response) => {
  const send = (): void => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length, connection: 'close' });
    response.end(body);
  };
  if (delay === '0') send();
  else setTimeout(send, Number(delay));
};
const certificate = (name: string): Buffer => readFileSync(new URL(`../../support/certs/${name}`, import.meta.url));
const server =
  kind === 'tls' ? createTlsServer({ key: certificate('good.key'), cert: certificate('good.pem') }, answer) : createServer(answer);
server.keepAliveTimeout = 1;
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
  const address = server.address();
  process.stdout.write(`${JSON.stringify({ port: typeof address === 'object' ? address?.port : null })}\n`);
});
process.on('disconnect', () => process.exit(0));
