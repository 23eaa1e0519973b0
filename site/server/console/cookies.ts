/**
 * The cookies of the console. Over https each carries the prefix `__Host-`, so that no other host and no plain connection can set or read
 * it; plain HTTP is for a loopback address only, and there the cookie has neither prefix nor `Secure`. Source: reliability section 4.
 */

/** How a request reached the console. */
export interface Reached {
  /** Over https, as far as the configured origin says. */
  readonly secure: boolean;
}

const BASE = { session: 'sid', device: 'did' } as const;
export type CookieName = keyof typeof BASE;

export const cookieName = (name: CookieName, { secure }: Reached): string => `${secure ? '__Host-' : ''}${BASE[name]}`;

/** The one value of that name; null without it, and for a name sent twice, which means two things to two readers. */
export const readCookie = (header: string | null, name: string): string | null => {
  if (header === null) return null;
  const values = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? (values[0] ?? null) : null;
};

/** `maxAgeS` null: until the browser closes; 0: forget it. The value is base64url or nothing. */
export const writeCookie = (name: CookieName, value: string, maxAgeS: number | null, reached: Reached): string =>
  [
    `${cookieName(name, reached)}=${value}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(reached.secure ? ['Secure'] : []),
    ...(maxAgeS === null ? [] : [`Max-Age=${maxAgeS}`]),
  ].join('; ');
