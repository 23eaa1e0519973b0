/** Who did something, as a terminal tells it: a name that nobody proved says so. */

/** "by Ann (not signed in)"; nothing where nobody was named. `authenticated`: the name was proved by signing in. */
export const byWords = (author: string | null, authenticated: boolean | undefined): string =>
  author === null ? '' : ` by ${author}${authenticated ? '' : ' (not signed in)'}`;
