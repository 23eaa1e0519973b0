/** Brings the states in the list of checks up to date as the server sends them. Without it the page shows what was when it was asked for. */
interface Now {
  readonly slug: string;
  readonly state: string;
  readonly investigating: boolean;
  readonly paused: boolean;
}

const shapeOf = (state: string): string => (state === 'partial_outage' ? 'degraded' : state);

const show = (row: Element, { state, investigating, paused }: Now, words: Readonly<Record<string, string>>): void => {
  const text = row.querySelector('[data-state]');
  const more = paused ? words['paused'] : investigating ? words['confirming'] : null;
  const said = `${words[state] ?? state}${more ? `, ${more}` : ''}`;
  if (text && text.textContent !== said) text.textContent = said;
  const mark = row.querySelector('svg.mark');
  mark?.setAttribute('class', `mark is-${state}`);
  mark?.querySelector('use')?.setAttribute('href', `#m-${shapeOf(state)}`);
};

export const followStates = (): void => {
  const table = document.querySelector<HTMLElement>('[data-live-states]');
  if (!table) return;
  const words = JSON.parse(table.dataset['words'] ?? '{}') as Record<string, string>;
  const source = new EventSource(table.dataset['liveStates'] ?? '');
  source.addEventListener('message', ({ data }: MessageEvent<string>) => {
    for (const now of JSON.parse(data) as Now[]) {
      const row = table.querySelector(`[data-slug="${CSS.escape(now.slug)}"]`);
      if (row) show(row, now, words);
    }
    const note = document.querySelector<HTMLElement>('[data-live-note]');
    if (note) note.hidden = false;
  });
  addEventListener('pagehide', () => source.close());
};
