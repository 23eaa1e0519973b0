/** A watched service that can be broken: `GET /down` and `GET /up` switch it, everything else answers 200 or 503. Prints `{"port":N}`. */
import { createServer } from 'node:http';

let up = true;
const server = createServer((request, response) => {
  if (request.url === '/down') up = false;
  if (request.url === '/up') up = true;
  response.writeHead(up || request.url !== '/' ? 200 : 503, { 'content-type': 'text/plain', connection: 'close' });
  response.end(up ? 'up\n' : 'down\n');
});
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
  const address = server.address();
  process.stdout.write(`${JSON.stringify({ port: typeof address === 'object' ? address?.port : null })}\n`);
});
process.on('disconnect', () => process.exit(0));
