/** A name beside what it stands for: proved by signing in, or what somebody said of themselves at the machine itself. */
export const PROVED = 'signed in';
export const CLAIMED = 'name as given';
export const signed = (name: string, proved: boolean | null | undefined): string => `${name} (${proved ? PROVED : CLAIMED})`;
