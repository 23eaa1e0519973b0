/** A watched service on loopback that a test starts, stops and starts again on the same port. */
import { createServer, type Server } from 'node:http';

export interface Target {
  readonly port: number;
  readonly url: string;
  /** How many requests have arrived. */
  hits(): number;
  /** Refuses connections from now on. */
  stop(): Promise<void>;
  /** Answers again, on the same port. */
  start(): Promise<void>;
}

export const startTarget = async (status = 200, body = 'Welcome'): Promise<Target> => {
  let server: Server | null = null;
  let port = 0;
  let hits = 0;
  const listen = async (): Promise<void> => {
    const next = createServer((_request, response) => {
      hits++;
      response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' });
      response.end(body);
    });
    await new Promise<void>((resolve, reject) => {
      next.once('error', reject);
      next.listen(port, '127.0.0.1', resolve);
    });
    server = next;
    const address = next.address();
    port = typeof address === 'object' && address ? address.port : port;
  };
  await listen();
  return {
    port,
    url: `http://127.0.0.1:${port}/`,
    hits: () => hits,
    start: listen,
    stop: async () => {
      const closing = server;
      server = null;
      closing?.closeAllConnections();
      await new Promise<void>((resolve) => (closing ? closing.close(() => resolve()) : resolve()));
    },
  };
};
