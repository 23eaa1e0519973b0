/**
 * The headers that every answer carries, and the content policy of a page: hashes of the inline elements that the build
 * allows, so that prepared bytes need no nonce and what is injected into them does not run. Source: reliability section 4
 * (Headers).
 */
import { createHash } from 'node:crypto';
import type { InlineAllowance } from './prepared.ts';

export interface SecuritySettings {
  readonly publicOrigin: string;
  /** AVOW_HSTS is not `off`. */
  readonly hsts: boolean;
}
export type HeaderPairs = readonly (readonly [name: string, value: string])[];

/** For everything that is not a page: nothing may run, nothing may load. */
export const BARE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const FEATURES = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb'].map((f) => `${f}=()`).join(', ');

/** Every header but Content-Security-Policy, which depends on the bytes. */
export const securityHeaders = ({ publicOrigin, hsts }: SecuritySettings): HeaderPairs => [
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'same-origin'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Permissions-Policy', FEATURES],
  ...(hsts && publicOrigin.startsWith('https:') ? [['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'] as const] : []),
];

/** The name of an inline element's content in a policy. */
export const inlineHash = (text: string): string => `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;

/** Hashes as a source list, each after a space. */
export const inlineSources = (hashes: readonly string[]): string => hashes.map((hash) => ` '${hash}'`).join('');

/** The policy of every public page made by one build: a script that got into the bytes in any other way does not run. */
export const pagePolicy = ({ scripts, styles }: InlineAllowance): string =>
  [
    "default-src 'none'",
    `script-src 'self'${inlineSources(scripts)}`,
    `style-src 'self'${inlineSources(styles)}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
