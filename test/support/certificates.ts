/**
 * Certificates for tests, made once and kept under `certs/`: a root (to 2120), an intermediate (to 2060) and leaves with
 * their keys. Good for nothing else: the keys are public. Leaves are for localhost, 127.0.0.1 and ::1 unless said.
 */
import { readFileSync } from 'node:fs';

const read = (file: string): string => readFileSync(new URL(`./certs/${file}`, import.meta.url), 'utf8');

/**
 * `good` (also good.test and *.wild.test) to 2090; `expired` in 2021; `other` is for other.test only; `future` from
 * 2080; `huge` carries 900 names (60 kB); `self-signed` has no issuer.
 */
export type TestCertificate = 'good' | 'expired' | 'other' | 'future' | 'huge' | 'self-signed';

/** What a TLS server is given. */
export const certificate = (name: TestCertificate): { readonly cert: string; readonly key: string } => ({
  cert: read(`${name}.pem`),
  key: read(`${name}.key`),
});

/** The root that signed all but `self-signed`: for `extraCa`. */
export const testRoot = (): string => read('ca.pem');
