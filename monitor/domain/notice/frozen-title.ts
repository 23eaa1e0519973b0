/** The title in the frozen body of a delivery, whichever form it has: JSON of a webhook (`data.title`), or of a mail (`subject`). */
export const frozenTitle = (body: string): string => {
  const document = JSON.parse(body) as { readonly subject?: string; readonly data?: { readonly title?: string } };
  return document.subject ?? document.data?.title ?? '';
};
