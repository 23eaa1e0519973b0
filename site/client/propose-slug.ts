/**
 * The form of a new check while somebody types its name: the slug follows, until somebody writes one. Decoration only: an empty slug is made
 * from the name by the server, by the same rule.
 */
import { proposedSlug } from '../i18n/console/proposed-slug.ts';

export const proposeSlug = (): void => {
  const name = document.querySelector<HTMLInputElement>('input[name="name"]');
  const slug = document.querySelector<HTMLInputElement>('input[name="slug"]:not([type="hidden"])');
  if (!name || !slug) return;
  let proposed = proposedSlug(name.value);
  name.addEventListener('input', () => {
    const follows = slug.value === '' || slug.value === proposed;
    proposed = proposedSlug(name.value);
    if (follows) slug.value = proposed;
  });
};
