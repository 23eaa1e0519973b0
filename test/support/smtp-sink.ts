/**
 * A mail server on loopback (fixture F4), spoken line by line, so that it can misbehave at any point: refuse a recipient for now or for
 * ever, drop the connection after DATA (with the message or without having read it), never greet, talk without end, or hide STARTTLS.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { certificate, type TestCertificate } from './certificates.ts';

export interface SmtpScript {
  /** Answer to RCPT TO. */
  readonly rcpt?: string;
  /** Answer to MAIL FROM. */
  readonly mail?: string;
  /** What happens once the whole message has come. */
  readonly data?: 'take' | 'take-then-drop' | 'drop' | 'stall' | string;
  readonly greeting?: 'never' | 'endless';
  /** Whether STARTTLS is offered and understood. */
  readonly startTls?: boolean;
  /** Wants AUTH PLAIN with this; "wrong" answers 535 and repeats what it was sent, as some do. */
  readonly auth?: 'any' | 'wrong';
}
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly message: string;
  readonly encrypted: boolean;
}
export interface SmtpSink {
  readonly port: number;
  readonly mails: readonly Mail[];
  /** Every command, in order; `<data>` for the message. */
  readonly commands: readonly string[];
  answer(script: SmtpScript): void;
  received(count: number): Promise<void>;
  close(): Promise<void>;
}

export const startSmtpSink = async (script: SmtpScript = {}, shows: TestCertificate = 'good', secure = false): Promise<SmtpSink> => {
  let current = script;
  const mails: Mail[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  const converse = (socket: Socket, encrypted: boolean, greet: boolean): void => {
    let from = '';
    let to: string[] = [];
    let message: string[] | null = null;
    let rest = '';
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    const finish = (text: string): void => {
      const { data = 'take' } = current;
      if (data !== 'drop') mails.push({ from, to, message: text, encrypted });
      for (const one of waiting) if (mails.length >= one.count) one.resolve();
      if (data === 'drop' || data === 'take-then-drop') socket.destroy();
      else if (data === 'take') say('250 2.0.0 taken');
      else if (data !== 'stall') say(data);
    };
    const line = (text: string): void => {
      if (message) {
        if (text !== '.') return void message.push(text.startsWith('..') ? text.slice(1) : text);
        commands.push('<data>');
        const whole = message.join('\r\n');
        message = null;
        return finish(whole);
      }
      commands.push(text);
      const verb = text.split(/[ :]/)[0]?.toUpperCase();
      if (verb === 'EHLO') {
        const offers = [
          'sink',
          ...(current.startTls && !encrypted ? ['STARTTLS'] : []),
          ...(current.auth ? ['AUTH PLAIN'] : []),
          '8BITMIME',
        ];
        say(offers.map((offer, i) => `250${i === offers.length - 1 ? ' ' : '-'}${offer}`).join('\r\n'));
      } else if (verb === 'STARTTLS') {
        if (!current.startTls) return say('502 5.5.1 not here');
        say('220 2.0.0 go ahead');
        socket.removeAllListeners('data');
        const tls = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(certificate(shows)) });
        tls.on('error', () => tls.destroy());
        converse(tls, true, false);
      } else if (verb === 'AUTH')
        say(
          current.auth === 'wrong'
            ? `535 5.7.8 no such user: ${Buffer.from(text.split(' ')[2] ?? '', 'base64')
                .toString()
                .replaceAll('\0', ' ')}`
            : '235 2.7.0 welcome',
        );
      else if (verb === 'MAIL') {
        from = text;
        to = [];
        say(current.mail ?? '250 2.1.0 ok');
      } else if (verb === 'RCPT') {
        to.push(text.replace(/^RCPT TO:<(.*)>.*$/i, '$1'));
        say(current.rcpt ?? '250 2.1.5 ok');
      } else if (verb === 'DATA') {
        message = [];
        say('354 go on');
      } else if (verb === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say('250 ok');
    };
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\r\n');
      rest = lines.pop() ?? '';
      for (const one of lines) line(one);
    });
    if (!greet) return;
    if (current.greeting === 'endless') {
      const more = (): void => {
        while (!socket.destroyed && socket.write(`220-${'y'.repeat(60_000)}\r\n`));
      };
      socket.on('drain', more);
      more();
    } else if (current.greeting !== 'never') say('220 sink ESMTP');
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    if (!secure) return converse(socket, false, true);
    const tls = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(certificate(shows)) });
    tls.on('error', () => tls.destroy());
    converse(tls, true, true);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    commands,
    answer(next) {
      current = next;
    },
    received: (count) => (mails.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve }))),
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};
