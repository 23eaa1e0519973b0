/** Many clients that ask for one page in the same moment: `node cold-clients.ts PORT PATH CLIENTS` prints `{"answered"}`, how many got 200. */
import { get } from 'node:http';

const [port = '', path = '/', clients = '32'] = process.argv.slice(2);
const once = (): Promise<boolean> =>
  new Promise((resolve) => {
    get({ host: '127.0.0.1', port: Number(port), path, agent: false }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode === 200));
    }).on('error', () => resolve(false));
  });
const answers = await Promise.all(Array.from({ length: Number(clients) }, once));
process.stdout.write(`${JSON.stringify({ answered: answers.filter(Boolean).length })}\n`);
process.exit(0);
