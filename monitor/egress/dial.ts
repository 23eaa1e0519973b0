/**
 * One vetted address dialled once: TCP, then TLS when asked for, with both timed from the socket's own events. The
 * chain is not enforced here: the probe reads `authorizationError` and judges. Ends with the caller's signal at once.
 */
import { isIP } from 'node:net';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import type { Clock } from '#monitor/clock.ts';
import { canonicalAddress } from './address.ts';
import type { Dialled, DialRequest, DialTimings, EgressFault, EgressFaultCode } from './egress.ts';
import { countThrough, Wire } from './wire.ts';

/** Starts connecting `wire`. Tests count here, and only here is anything dialled. */
export type Connect = (wire: Wire, address: string, port: number) => void;
export const connectTcp: Connect = (wire, address, port) => {
  wire.connect({ host: address, port, autoSelectFamily: false });
};

export interface DialParts {
  readonly clock: Clock;
  readonly connect: Connect;
  readonly context: () => SecureContext;
  /** TLS connections alive, whose raw bytes somebody must look at now and then. */
  readonly watched: Set<Wire>;
}

const OWN = 'this machine has no socket, memory or port left for it';
const CONNECT_FAULTS: Readonly<Record<string, readonly [EgressFaultCode, string]>> = {
  ECONNREFUSED: ['refused', 'refused the connection'],
  ECONNRESET: ['reset', 'reset the connection'],
  EPIPE: ['reset', 'closed the connection'],
  ECONNABORTED: ['reset', 'aborted the connection'],
  ETIMEDOUT: ['timeout', 'did not answer'],
  EHOSTUNREACH: ['unreachable', 'cannot be reached: no route to the host'],
  EHOSTDOWN: ['unreachable', 'cannot be reached: the host is down'],
  ENETUNREACH: ['unreachable', 'cannot be reached: no route to its network'],
  ENETDOWN: ['unreachable', 'cannot be reached: the network is down'],
  EADDRNOTAVAIL: ['own_limit', `was not dialled: ${OWN}`],
  EACCES: ['unreachable', 'cannot be reached: this machine forbids it'],
  EPERM: ['unreachable', 'cannot be reached: this machine forbids it'],
  EMFILE: ['own_limit', `was not dialled: ${OWN}`],
  ENFILE: ['own_limit', `was not dialled: ${OWN}`],
  ENOBUFS: ['own_limit', `was not dialled: ${OWN}`],
  ENOMEM: ['own_limit', `was not dialled: ${OWN}`],
  EADDRINUSE: ['own_limit', `was not dialled: ${OWN}`],
};

export const endpoint = (address: string, port: number): string => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);

const HTTP_ALPN = ['http/1.1'];
/** Name and chain are judged by the probe; Node would otherwise unfold the whole chain into objects for its own check. */
const judgedElsewhere = (): undefined => undefined;
const noDetails = (): never => ({}) as never;

/** An object with its own listener methods rather than a closure per event: a dial happens thousands of times a second. */
class Dial {
  readonly #parts: DialParts;
  readonly #request: DialRequest;
  readonly #address: string;
  readonly #resolve: (outcome: Dialled | EgressFault) => void;
  readonly #timings: DialTimings;
  readonly #wire: Wire;
  #tls: TLSSocket | null = null;
  #phaseUs: number;
  #settled = false;

  constructor(
    parts: DialParts,
    request: DialRequest,
    address: string,
    timings: DialTimings,
    resolve: (outcome: Dialled | EgressFault) => void,
  ) {
    this.#parts = parts;
    this.#request = request;
    this.#address = address;
    this.#timings = timings;
    this.#resolve = resolve;
    this.#wire = new Wire(parts.clock, request.wireCap ?? 262_144);
    request.signal.addEventListener('abort', this);
    const wire = this.#wire;
    wire.once('connect', () => this.#connected());
    wire.once('error', (error: NodeJS.ErrnoException) => this.#failed(error));
    wire.once('close', () => this.#closed());
    this.#phaseUs = parts.clock.monotonicUs();
    try {
      parts.connect(wire, address, request.port);
    } catch (error) {
      this.#failed(error as NodeJS.ErrnoException);
    }
  }

  /** The signal fired. */
  handleEvent(): void {
    const doing = this.#tls ? 'the TLS handshake did not finish' : 'no connection was made';
    this.#fault('timeout', `${this.#where()} did not answer in time: ${doing}.`);
  }

  #where(): string {
    return `The server at ${endpoint(this.#address, this.#request.port)}`;
  }

  #connected(): void {
    if (this.#settled) return;
    const now = this.#parts.clock.monotonicUs();
    this.#timings.connectUs = now - this.#phaseUs;
    this.#phaseUs = now;
    // The kernel says where we really are: nothing that rewrites addresses below us goes unnoticed.
    const peer = this.#wire.remoteAddress;
    if (peer === undefined || canonicalAddress(peer) !== this.#address)
      return this.#fault('denied', `The connection to ${this.#address} ended at ${peer ?? 'nowhere'}; it was closed at once.`);
    const { tls } = this.#request;
    if (!tls) return this.#done(null);
    this.#handshake(tls.serverName, tls.context ?? this.#parts.context());
  }

  #handshake(serverName: string | null, secureContext: SecureContext): void {
    const name = serverName !== null && isIP(serverName) === 0 ? { servername: serverName } : {};
    let socket: TLSSocket;
    try {
      socket = connectTls({
        socket: this.#wire,
        secureContext,
        ALPNProtocols: HTTP_ALPN,
        rejectUnauthorized: false,
        checkServerIdentity: judgedElsewhere,
        ...name,
      });
    } catch (error) {
      return this.#fault('tls', `${this.#where()} could not be spoken to over TLS: ${(error as Error).message}.`);
    }
    this.#tls = socket;
    const details = socket.getPeerCertificate;
    socket.getPeerCertificate = noDetails;
    countThrough(socket, this.#wire);
    this.#parts.watched.add(this.#wire);
    socket.once('secureConnect', () => {
      socket.getPeerCertificate = details;
      if (this.#settled) return;
      this.#timings.tlsUs = this.#parts.clock.monotonicUs() - this.#phaseUs;
      this.#wire.firstByteUs = 0;
      this.#done(socket);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => this.#failed(error));
    socket.once('close', () => this.#closed());
  }

  #failed(error: NodeJS.ErrnoException): void {
    if (this.#settled) return;
    const code = error.code ?? '';
    const [fault, words] = CONNECT_FAULTS[code] ?? [];
    if (fault && !(this.#tls && fault === 'reset')) return this.#fault(fault, `${this.#where()} ${words}.`);
    if (this.#tls) return this.#fault('tls', `${this.#where()} did not complete the TLS handshake: ${tlsWords(error)}.`);
    this.#fault('unreachable', `${this.#where()} cannot be reached: ${code || error.message}.`);
  }

  #closed(): void {
    this.#parts.watched.delete(this.#wire);
    if (this.#settled) return;
    if (this.#wire.capped) return this.#fault('wire_cap', `${this.#where()} sent more than may be read before the connection was ready.`);
    if (this.#tls) return this.#fault('tls', `${this.#where()} closed the connection during the TLS handshake.`);
    this.#fault('reset', `${this.#where()} closed the connection.`);
  }

  #fault(fault: EgressFaultCode, message: string): void {
    if (this.#settled) return;
    this.#settle();
    this.#tls?.destroy();
    this.#wire.destroy();
    this.#resolve({ fault, phase: this.#tls ? 'tls' : 'connect', message });
  }

  #done(tls: TLSSocket | null): void {
    this.#settle();
    this.#resolve({ socket: tls ?? this.#wire, tls, address: this.#address, timings: this.#timings, wire: this.#wire });
  }

  #settle(): void {
    this.#settled = true;
    this.#request.signal.removeEventListener('abort', this);
  }
}

/** The short cause inside an OpenSSL message: "wrong version number" out of `…:SSL routines:…:wrong version number:…`. */
const tlsWords = (error: NodeJS.ErrnoException): string => {
  if (error.code === 'ECONNRESET') return 'the connection was reset';
  const reason = (error as { reason?: unknown }).reason;
  // OpenSSL took the first bytes of something else, mostly of plain HTTP, for a version.
  if (reason === 'wrong version number') return 'what it sent is not TLS';
  return typeof reason === 'string' && reason !== '' ? reason : (error.code ?? 'it failed');
};

/** Resolves when the connection is ready or cannot be; never rejects, and leaves no socket behind when it fails. */
export const dialAddress = (
  parts: DialParts,
  request: DialRequest,
  address: string,
  timings: DialTimings,
): Promise<Dialled | EgressFault> => new Promise((resolve) => void new Dial(parts, request, address, timings, resolve));
