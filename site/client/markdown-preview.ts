/**
 * While somebody writes Markdown in the console, shows beneath it how readers will see it. The server makes it (one derivation of what is
 * safe); without this script the button “Preview” does the same. At most once a second.
 */
const PAUSE_MS = 1_000;

const asked = async (form: HTMLFormElement, text: string, under: string): Promise<string | null> => {
  const token = form.querySelector<HTMLInputElement>('input[name="form_token"]')?.value ?? '';
  const answer = await fetch('/admin/fragments/markdown', {
    method: 'POST',
    body: new URLSearchParams({ text, under, form_token: token }),
    headers: { Accept: 'application/json' },
  }).catch(() => null);
  if (!answer?.ok) return null;
  return ((await answer.json()) as { html: string }).html;
};

const watch = (preview: HTMLElement): void => {
  const field = document.getElementById(preview.dataset['previewOf'] ?? '');
  const place = preview.querySelector<HTMLElement>('[data-preview-body]');
  if (!(field instanceof HTMLTextAreaElement) || !field.form || !place) return;
  const { form } = field;
  let waiting = false;
  const show = async (): Promise<void> => {
    waiting = false;
    const { value } = field;
    const html = value.trim() === '' ? '' : await asked(form, value, preview.dataset['under'] ?? '2');
    if (html === null || field.value !== value) return;
    // Made by the server of Markdown that cannot act.
    place.innerHTML = html;
    preview.hidden = html === '';
  };
  field.addEventListener('input', () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => void show(), PAUSE_MS);
  });
};

export const previewMarkdown = (within: Document): void => {
  for (const preview of within.querySelectorAll<HTMLElement>('[data-preview-of]')) watch(preview);
};
