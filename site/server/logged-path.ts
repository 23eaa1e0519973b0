/**
 * What of an address a log may keep, and which addresses are secrets themselves: invitations, links to reports, links to the first admin,
 * heartbeats. Whoever reads a log, or what another site was told of where somebody came from, shall open nothing with it.
 * Source: reliability section 1 (secrets in logs), section 4 (Headers), P33.
 */

/** Paths whose next part is a secret. A route with another one has its place here; test/site/server/logged-path.test.ts looks at all of them. */
const BEFORE_SECRETS = ['/admin/invitations/', '/shared/', '/beat/'] as const;
/** Whose query holds one. */
const WITH_SECRET_QUERY = ['/admin/set-up'] as const;
const CONCEALED = '•••';
/** Our secrets are 43 characters of base64url. Whatever is nearly as long is none of our words, wherever it stands. */
const LIKE_A_SECRET = /[\w~-]{32,}/g;
const MOST_CHARACTERS = 200;

/** In one spelling, as far as it has one. */
const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};
const withoutQuery = (url: string): string => url.split(/[?#]/, 1)[0] ?? '';

/** The path of a request's address: no query, and no part that is a secret. */
export const loggedPath = (url: string): string => {
  const path = decoded(withoutQuery(url));
  const before = BEFORE_SECRETS.find((known) => path.toLowerCase().startsWith(known));
  if (before !== undefined) return `${before}${CONCEALED}`;
  return path.replaceAll(LIKE_A_SECRET, CONCEALED).slice(0, MOST_CHARACTERS);
};

/** Whether the address itself opens something: no other page learns that somebody came from there. */
export const isSecretAddress = (path: string): boolean =>
  [...BEFORE_SECRETS, ...WITH_SECRET_QUERY].some((known) => decoded(path).toLowerCase().startsWith(known));
