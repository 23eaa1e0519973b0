/**
 * Secrets of Standard Webhooks 1.0: `whsec_` and base64 of 24 to 64 random bytes. Text in, whether it is one out; signing is
 * notify/signature.ts.
 */
export const SECRET_PREFIX = 'whsec_';

/** What is wrong with it, as a predicate that does not repeat it; null when it is good. */
export const secretFault = (text: string): string | null => {
  if (!text.startsWith(SECRET_PREFIX)) return 'stands for a secret that does not begin with "whsec_"';
  const base64 = text.slice(SECRET_PREFIX.length);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0)
    return 'stands for a secret whose part after "whsec_" is no base64';
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  const bytes = (base64.length / 4) * 3 - padding;
  return bytes >= 24 && bytes <= 64 ? null : `stands for a secret of ${bytes} bytes, and 24 to 64 are wanted`;
};
