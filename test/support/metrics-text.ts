/** Reads the text that /metrics prints: one sample, and which checks it shows as stored. */

/** The value of the one sample without labels; NaN when it is not there. */
export const metric = (text: string, name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);

/** `slug@instant` of the last stored check of each component. */
export const storedKeys = (text: string): string[] =>
  [...text.matchAll(/^avow_probe_timestamp_seconds\{component="([^"]+)",[^}]*\} (\S+)$/gm)].map(
    ([, slug, seconds]) => `${slug}@${Math.round(Number(seconds) * 1_000)}`,
  );
