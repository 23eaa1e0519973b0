/** A whole number as typed into a form: null for an empty field, NaN for what is no number, which the verb refuses in its own words. */
export const readCount = (text: string): number | null => {
  const bare = text.trim();
  if (bare === '') return null;
  return /^\d{1,6}$/.test(bare) ? Number(bare) : Number.NaN;
};
