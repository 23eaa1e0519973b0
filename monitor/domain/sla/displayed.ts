/**
 * What a reader is told of a component whose locations said this together. Degraded is display only: some location is
 * down although the component is not, or some location answers slowly. Source: semantics A4, A6, A9 (Display).
 */
import type { ComponentInterval } from '../check/quorum.ts';
import type { ComponentState } from './overall.ts';

export const displayedState = ({
  state,
  reachability,
  slow,
}: Pick<ComponentInterval, 'state' | 'reachability' | 'slow'>): ComponentState => {
  if (state === 'down') return 'major_outage';
  if (state === 'unknown') return 'unknown';
  return reachability || slow ? 'degraded' : 'operational';
};
