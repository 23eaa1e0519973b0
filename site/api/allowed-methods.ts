/** Which methods each address takes: for 405 and its Allow, and for the list of routes. */
interface Routed {
  readonly method: string;
  readonly pattern: string;
}

/** By pattern; where GET is there, so is HEAD. */
export const methodsByPattern = (routes: readonly Routed[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...Map.groupBy(routes, ({ pattern }) => pattern)].map(([pattern, own]) => {
      const methods = new Set(own.map(({ method }) => method));
      return [pattern, [...methods, ...(methods.has('GET') ? ['HEAD'] : [])]];
    }),
  );
/** `Allow`, and the sentence beside it. */
export const allowOf = (methods: readonly string[]): { readonly allow: string; readonly sentence: string } => {
  const allow = [...methods].sort().join(', ');
  return { allow, sentence: `This address takes ${allow}.` };
};
