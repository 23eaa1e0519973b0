/**
 * What a check asks of its target, per protocol. Validated by the configuration's schemas; stored as JSON in the
 * component's version. Numbers: ms, bytes, days as named. Everything here is data of the policy, nothing of it is code.
 */
import type { Millis } from '#domain/time/instant.ts';

/** `equals` compares whole values, `matches` is an RE2 pattern (linear time), `contains` plain text. */
export interface TextAssertion {
  readonly contains?: string | undefined;
  readonly lacks?: string | undefined;
  readonly matches?: string | undefined;
}
export interface HeaderAssertion {
  readonly name: string;
  readonly equals?: string | undefined;
  readonly contains?: string | undefined;
  readonly matches?: string | undefined;
}
export interface JsonAssertion {
  /** RFC 9535 path. */
  readonly path: string;
  /** Compared with the first node; absent: at least one node must exist. */
  readonly equals?: string | number | boolean | null | undefined;
  readonly matches?: string | undefined;
}

export interface TlsExpectation {
  /** Judge chain, name and dates; false is shown to ops on that component. */
  readonly verify: boolean;
  /** `fail` with `tls_expires_soon` when fewer days are left; 0 switches it off. */
  readonly expiresInDays: number;
}

export interface HttpDefinition {
  readonly kind: 'http';
  readonly url: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly maxRedirects: number;
  /** Inclusive ranges; a redirect answer counts only when it is not followed. */
  readonly expectStatus: readonly (readonly [number, number])[];
  readonly expectHeaders: readonly HeaderAssertion[];
  readonly expectBody: readonly TextAssertion[];
  readonly expectJson: readonly JsonAssertion[];
  readonly tls: TlsExpectation;
}
export interface TcpDefinition {
  readonly kind: 'tcp';
  readonly host: string;
  readonly port: number;
  readonly send: string | null;
  readonly expect: TextAssertion | null;
}
export interface TlsDefinition {
  readonly kind: 'tls';
  readonly host: string;
  readonly port: number;
  readonly serverName: string | null;
  readonly tls: TlsExpectation;
}
export type DnsRecordType = 'A' | 'AAAA' | 'CNAME' | 'MX' | 'NS' | 'TXT' | 'SRV' | 'CAA' | 'PTR' | 'SOA';
export interface DnsDefinition {
  readonly kind: 'dns';
  readonly name: string;
  readonly recordType: DnsRecordType;
  /** Each must be among the answers, as text (MX "10 mail.example.com"); empty: any answer will do. */
  readonly expectAnswers: readonly string[];
  /** `address` or `address:port`; null: the system's resolvers. */
  readonly server: string | null;
}
export interface HeartbeatDefinition {
  readonly kind: 'heartbeat';
  /** SHA-256 of the token, lower-case hex: the token itself is never stored. */
  readonly tokenSha256: string;
  readonly graceMs: Millis;
}
/** Built in, not configurable: Avow's own `/healthz` over loopback. */
export interface SelfDefinition {
  readonly kind: 'self';
}
/** Built in, not configurable: whether the store still commits. */
export interface StoreDefinition {
  readonly kind: 'store';
}

export type CheckDefinition =
  | HttpDefinition
  | TcpDefinition
  | TlsDefinition
  | DnsDefinition
  | HeartbeatDefinition
  | SelfDefinition
  | StoreDefinition;
export type CheckKind = CheckDefinition['kind'];

/** A check with the rhythm and the judgement that go with it. */
export interface CheckPlan {
  readonly definition: CheckDefinition;
  readonly intervalMs: Millis;
  readonly timeoutMs: Millis;
  /** How long a sample speaks: explicit, else 2.5 intervals (heartbeat: interval + grace). Never below the interval. */
  readonly holdMs: Millis;
  /** N of semantics A3: bad samples in a row that make an outage. */
  readonly confirmations: number;
  /** Over this a right answer is `slow`. */
  readonly degradedMs: Millis;
}

/** How Avow watches itself: of kinds that no file can name. */
export const isBuiltIn = (kind: CheckKind): boolean => kind === 'self' || kind === 'store';
