/** The first page of the console. */
export const home = {
  title: 'Now',
} as const;
