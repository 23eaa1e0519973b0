/**
 * The headers that every answer carries, and the content policy of a page: hashes of the inline elements that the
 * rendered bytes really hold, so that prepared bytes need no nonce. Source: reliability section 4 (Headers).
 */
import { createHash } from 'node:crypto';

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

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

/** Hashes of the contents of all inline `<script>` and `<style>` elements, each once, in order. */
export const inlineHashes = (html: string): { readonly scripts: readonly string[]; readonly styles: readonly string[] } => {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const element = /<(script|style)\b((?:[^>"']|"[^"]*"|'[^']*')*)>([\s\S]*?)<\/\1\s*>/gi;
  for (const [, name = '', attributes = '', content = ''] of html.matchAll(element)) {
    if (name.toLowerCase() === 'style') styles.add(hashOf(content));
    else if (!/\ssrc\s*=/i.test(attributes)) scripts.add(hashOf(content));
  }
  return { scripts: [...scripts], styles: [...styles] };
};

/** The policy of a public page made of exactly these bytes. */
export const pagePolicy = (html: string): string => {
  const { scripts, styles } = inlineHashes(html);
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...scripts].join(' ')}`,
    `style-src ${["'self'", ...styles].join(' ')}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
};
