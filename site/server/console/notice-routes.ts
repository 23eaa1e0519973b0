/** Notices to ops: which channels there are and how they fare, the test button, and dead letters with their way back. */
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { retryDelivery } from '#monitor/actions/retry-delivery.ts';
import { sendTestNotice } from '#monitor/actions/send-test-notice.ts';
import { deliveriesView } from '#monitor/views/deliveries.ts';
import type { Verbs } from '../../api/verbs.ts';
import { type ConsoleAnswer, type ConsoleAsk, type ConsoleRoute, field } from './console-route.ts';
import { emptyForm, refusedForm } from './form.ts';

const PATH = '/admin/notices';

export const noticeRoutes = (verbs: Verbs): readonly ConsoleRoute[] => {
  const page = async (ask: ConsoleAsk, refusal: Refusal | null = null): Promise<ConsoleAnswer> => ({
    show: { ...(await deliveriesView(verbs.notices(ask.actor))), form: refusal ? refusedForm({}, refusal) : emptyForm() },
    status: refusal ? 422 : 200,
    at: PATH,
  });
  const answered = (ask: ConsoleAsk, answer: object | Refusal, said: string): Promise<ConsoleAnswer> | ConsoleAnswer => {
    if (isRefusal(answer)) return page(ask, answer);
    verbs.changed();
    return { to: `${PATH}?said=${said}` };
  };
  return [
    { method: 'GET', pattern: PATH, needs: 'notices:write', answer: (ask) => page(ask) },
    {
      method: 'POST',
      pattern: `${PATH}/test`,
      needs: 'notices:write',
      answer: async (ask) =>
        answered(ask, await sendTestNotice(verbs.notices(ask.actor), { channel: field(ask, 'channel') || null }), 'tested'),
    },
    {
      method: 'POST',
      pattern: `${PATH}/retry`,
      needs: 'notices:write',
      answer: async (ask) =>
        answered(ask, await retryDelivery(verbs.notices(ask.actor), { delivery: Number(field(ask, 'delivery')) || 0 }), 'retried'),
    },
  ];
};
