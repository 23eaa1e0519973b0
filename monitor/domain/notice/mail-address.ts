/**
 * One strict reading of a mail address, before anything is handed to a mailer (CVE-2025-14874, reliability section 1): an ASCII
 * addr-spec of RFC 5321 with a dot-atom before the "@" and a host name after it. No display names, comments, quotes, lists or
 * literals: what looks like two addresses is none. Linear in the length; anything above 254 characters is refused unread.
 */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/i;

/** The address with its host in lower case; null for anything that is not exactly one. */
export const readMailAddress = (text: string): string | null => {
  if (text.length > 254) return null;
  const at = text.indexOf('@');
  const [local, host] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || at > 64 || !LOCAL.test(local)) return null;
  const labels = host.split('.');
  if (!labels.every((label) => LABEL.test(label))) return null;
  // A mail server on this machine may know its people by bare name.
  if (labels.length < 2 && host.toLowerCase() !== 'localhost') return null;
  return /^\d+$/.test(labels.at(-1) ?? '') ? null : `${local}@${host.toLowerCase()}`;
};
