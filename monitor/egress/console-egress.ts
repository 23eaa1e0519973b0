/**
 * The same dialler for what somebody entered in the console: whatever a probe asks for in scope `probe` is judged in scope `console`,
 * each hop of a redirect and the name server of a DNS check too. What a probe asks of Avow itself is not for it to ask. Source: reliability P9.
 */
import type { Egress, EgressScope } from './egress.ts';

const narrowed = (scope: EgressScope): EgressScope => (scope === 'strict' ? 'strict' : 'console');

export const consoleEgress = (egress: Egress): Egress => ({
  selfOrigin: () => null,
  dial: (request) => egress.dial({ ...request, scope: narrowed(request.scope) }),
  vet: (request) => egress.vet({ ...request, scope: narrowed(request.scope) }),
  query: (name, type, server, signal, scope = 'probe') => egress.query(name, type, server, signal, narrowed(scope)),
});
