/**
 * Guesses without end: `node sign-in-flood.ts PORT CONNECTIONS SECONDS`, each from an address of its own (a proxy hands them on) at an
 * address of nobody, so that no limit but the room for hashing holds them up. Prints `{"guesses","judged","refused","other"}`.
 */
import { connect } from 'node:net';

const [port = '', connections = '64', seconds = '5'] = process.argv.slice(2);
const endAt = Date.now() + Number(seconds) * 1_000;
const counts = { guesses: 0, judged: 0, refused: 0, other: 0 };
let nth = process.pid % 97;

const guess = (): string => {
  const at = ++nth;
  const body = `email=nobody${at}%40example.com&password=seven+weasels+in+the+snow+${at}`;
  const from = `198.${18 + (at & 1)}.${(at >> 9) & 255}.${(at >> 1) & 255}`;
  return [
    'POST /admin/sign-in HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Origin: http://127.0.0.1:${port}`,
    'Sec-Fetch-Site: same-origin',
    `X-Forwarded-For: ${from}`,
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
};

const client = (): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(guess()));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      const cut = answer.indexOf('\r\n\r\n');
      if (cut < 0 || answer.length < cut + 4 + Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0)) return;
      counts.guesses++;
      const status = answer.slice(9, 12);
      counts[status === '403' ? 'judged' : status === '429' || status === '503' ? 'refused' : 'other']++;
      answer = '';
      if (Date.now() >= endAt) socket.destroy();
      else socket.write(guess());
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });

await Promise.all(Array.from({ length: Number(connections) }, client));
process.stdout.write(`${JSON.stringify(counts)}\n`);
process.exit(0);
