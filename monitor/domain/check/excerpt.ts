/**
 * Foreign text made fit for a sentence: at most `limit` characters, one line, nothing invisible that could turn, hide or
 * colour what surrounds it. Everything a target sends passes through here before a person, a log or a page sees it.
 */
const DEFAULT_LIMIT = 80;

/** Controls, format characters (bidi overrides, zero width, BOM), unpaired surrogates, private use, line separators. */
const UNFIT = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\s]+/gu;

/** The beginning of `text`, cleaned; an ellipsis says that there was more. Never longer than `limit` characters. */
export const excerpt = (text: string, limit = DEFAULT_LIMIT): string => {
  // Four times the limit is enough to fill it, and bounds the work on a megabyte of blanks.
  const clean = [
    ...text
      .slice(0, limit * 4)
      .replace(UNFIT, ' ')
      .trim(),
  ];
  const cut = clean.length > limit || text.length > limit * 4;
  return cut ? `${clean.slice(0, limit - 1).join('')}…` : clean.join('');
};
