/**
 * Short names that stand in addresses and files: 1 to 64 of a-z, 0-9 and "-", beginning and ending with a letter or digit; and the one that
 * a name stands for where none is given. Text in, text out. Source: docs/configuration.md.
 */
export const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

/** The slug that a name stands for; null when nothing of it remains. */
export const slugOf = (name: string): string | null => {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replace(/^-+|-+$/g, '');
  return SLUG.test(plain) ? plain : null;
};
