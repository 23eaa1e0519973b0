/** Where a page of a list begins, as its address says it (`before=MS-ID`): the instant and the name of the row that it follows. */
import { type Instant, instant } from '#domain/time/instant.ts';

export interface Place {
  readonly at: Instant;
  readonly id: string;
}

/** Null: the first page, also where the address makes no sense. */
export const readPlace = (query: URLSearchParams): Place | null => {
  const [, at, id] = /^(\d{1,15})-([A-Za-z0-9._+-]{1,100})$/.exec(query.get('before') ?? '') ?? [];
  return at === undefined || id === undefined ? null : { at: instant(Number(at)), id };
};
export const writePlace = ({ at, id }: { readonly at: number; readonly id: string }): string => `before=${at}-${encodeURIComponent(id)}`;
