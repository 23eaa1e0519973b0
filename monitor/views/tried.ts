/** What one probe said, as pages show it. */
export type { TestAnswer as TriedView } from '#monitor/actions/test-component.ts';
