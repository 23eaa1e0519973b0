/** Where a page may lead afterwards: a path of the console and nothing else, so that what is typed into `next` never leads elsewhere. */
export const ownPath = (text: string | null): string | null =>
  text !== null && /^\/admin(?:\/[\w.~%-]+)*(?:\?[\w.~%=&+-]*)?$/.test(text) ? text : null;
