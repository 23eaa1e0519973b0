/**
 * Mail to one address: nodemailer builds the message and speaks SMTP over a connection that the egress gateway dialled. TLS from the
 * start (`smtps://`) or STARTTLS is required, its certificate checked, at least TLS 1.2, unless the server is this machine itself: a
 * server that offers none gets no message and no password. 30 seconds in all, 256 KiB read at most, no files or addresses fetched for a
 * message. The host comes from the owner of the machine, so it may be a private one (ADR 0013); metadata never. What is answered 5xx for
 * this address or message is final; everything else is sent again. Errors never tell a password.
 */
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { conceal } from '#domain/check/conceal.ts';
import { excerpt } from '#domain/check/excerpt.ts';
import { failed, type Outcome } from '#domain/notice/attempt.ts';
import type { Clock } from '#monitor/clock.ts';
import { canonicalAddress, isLocal } from '#monitor/egress/address.ts';
import { withDeadline } from '#monitor/egress/deadline.ts';
import type { Dialled, Egress } from '#monitor/egress/egress.ts';
import type { Channel, Letter } from './channel.ts';
import { mailDate } from './mail-date.ts';

export const DEADLINE_MS = 30_000;
const WIRE_CAP = 262_144;
/** Under TLS the raw bytes pass below JavaScript: the socket's counter is looked at this often. */
const WATCH_MS = 50;

interface MailParts {
  readonly egress: Egress;
  readonly clock: Clock;
  /** `smtp://` or `smtps://` with user and password, percent-encoded. */
  readonly smtpUrl: string;
  readonly from: string;
  readonly to: string;
  /** PEM certificates trusted instead of the default ones. */
  readonly ca?: readonly string[];
}

interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  /** This very machine: what passes there nobody on the way can read. */
  readonly local: boolean;
  readonly user: string;
  readonly pass: string;
}

const NO_ADDRESSES: ReadonlySet<string> = new Set();

/** What AVOW_SMTP_URL says; it was judged when it was read. */
export const readMailServer = (text: string): MailServer => {
  const url = new URL(text);
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const address = canonicalAddress(host);
  const local = address === null ? /^(.*\.)?localhost$/i.test(host) : isLocal(address, NO_ADDRESSES);
  const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  return { host, port: Number(url.port || (secure ? 465 : 587)), secure, local, user, pass };
};

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

/** What went wrong, for ops; a mail server may repeat what it was sent. */
const explained = (error: SmtpError, { user, pass }: MailServer): Outcome => {
  const { code = '', responseCode, response } = error;
  if (code === 'EAUTH') return failed('The mail server did not accept user and password; put AVOW_SMTP_URL right.');
  const said = response === undefined ? error.message : response;
  const words = conceal(
    excerpt(said, 160),
    [user, pass].filter((secret) => secret !== ''),
  );
  if (code === 'ETLS' || (code === 'ESOCKET' && /certificate|altname|TLS|SSL/i.test(said)))
    return failed(`The connection to the mail server could not be encrypted: ${words}.`);
  const permanent = (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode !== undefined && responseCode >= 500;
  return failed(`The mail server did not take it: ${words}`, { permanent });
};

/** The channel `mail:` and the address. */
export const mailChannel = ({ egress, clock, smtpUrl, from, to, ca }: MailParts): Channel => {
  const server = readMailServer(smtpUrl);
  const { host, port, secure, local, user, pass } = server;
  const idOf = (key: string): string => `<${key}@${from.slice(from.indexOf('@') + 1)}>`;

  const compose = (letter: Letter): Promise<Buffer> => {
    const { subject, text } = JSON.parse(letter.body) as { readonly subject: string; readonly text: string };
    const message = new MailComposer({
      from: { name: 'Avow', address: from },
      to: { name: '', address: to },
      subject: `[Avow] ${subject}`,
      text,
      messageId: idOf(letter.key),
      // The end of a story lies under its beginning.
      ...(letter.openedBy !== null && { inReplyTo: idOf(letter.openedBy), references: [idOf(letter.openedBy)] }),
      date: mailDate(clock.now()),
      // RFC 3834: no answer by machine.
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Avow-Type': letter.type },
      disableFileAccess: true,
      disableUrlAccess: true,
      newline: '\r\n',
    });
    return message.compile().build();
  };

  /** Resolves with what became of it once the server has said so, or the connection is over. */
  const converse = (dialled: Dialled, message: Buffer): Promise<Outcome> =>
    new Promise((resolve) => {
      const smtp = new SMTPConnection({
        host,
        port,
        secure,
        connection: dialled.socket,
        requireTLS: !secure && !local,
        ignoreTLS: !secure && local,
        maxResponseSize: 8_192,
        greetingTimeout: DEADLINE_MS,
        socketTimeout: DEADLINE_MS,
        socketCloseTimeout: 0,
        tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca ? { ca: [...ca] } : {}) },
      });
      const done = (outcome: Outcome): void => {
        resolve(outcome);
        smtp.close();
      };
      const failure = (error: Error | null | undefined): void => done(explained(error ?? new Error('it closed the connection'), server));
      const send = (): void => smtp.send({ from, to: [to] }, message, (error) => (error ? failure(error) : done({ delivered: true })));
      smtp.on('error', failure);
      smtp.once('end', () => failure(null));
      smtp.connect((error) => {
        if (error) return failure(error);
        if (user === '') return send();
        smtp.login({ user, credentials: { user, pass } }, (refused) => (refused ? failure(refused) : send()));
      });
    });

  const post = async (letter: Letter, signal: AbortSignal): Promise<Outcome> => {
    const message = await compose(letter);
    const dialled = await egress.dial({ host, port, scope: 'probe', signal, wireCap: WIRE_CAP });
    if ('fault' in dialled) return failed(dialled.message);
    const { socket } = dialled;
    let flooded = false;
    const watch = (): void => {
      flooded ||= socket.bytesRead > WIRE_CAP || dialled.wire.capped;
      if (flooded) socket.destroy();
      else watching = clock.after(WATCH_MS, watch, { background: true });
    };
    let watching = clock.after(WATCH_MS, watch, { background: true });
    const cut = (): void => void socket.destroy();
    signal.addEventListener('abort', cut);
    try {
      const outcome = await converse(dialled, message);
      if (outcome.delivered) return outcome;
      if (flooded || dialled.wire.capped) return failed('The mail server sent more than 256 KiB.');
      return signal.aborted ? failed(`The mail server did not finish within ${DEADLINE_MS / 1_000} seconds.`) : outcome;
    } finally {
      watching.cancel();
      signal.removeEventListener('abort', cut);
      socket.destroy();
    }
  };

  return {
    name: `mail:${to}`,
    send: (letter, stopping) => withDeadline(clock, DEADLINE_MS, { signal: stopping }, (signal) => post(letter, signal)),
  };
};
