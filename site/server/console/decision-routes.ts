/**
 * What account managers decide about the month of one contract: claims, settling what is undecided with a second person, making the
 * report final, and links for people who do not sign in. Source: semantics D3 to D5, reliability section 4 (Roles).
 */
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { adjudicateMonth } from '#monitor/actions/adjudicate-month.ts';
import { approveAdjudication } from '#monitor/actions/approve-adjudication.ts';
import { closeMonth } from '#monitor/actions/close-month.ts';
import { recordClaim } from '#monitor/actions/record-claim.ts';
import { revokeShare } from '#monitor/actions/revoke-share.ts';
import { shareReport } from '#monitor/actions/share-report.ts';
import { monthDecisions } from '#monitor/views/month-decisions.ts';
import type { Verbs } from '../../api/verbs.ts';
import { decisions as words } from '../../i18n/console/decisions.ts';
import type { FormState } from '../prepared.ts';
import { readWallTime } from '../wall-time.ts';
import { type ConsoleAnswer, type ConsoleAsk, type ConsoleRoute, field } from './console-route.ts';
import { emptyForm, refusedForm, typed } from './form.ts';
import { MONTH, NAME } from './report-routes.ts';

type FormName = 'adjudicate' | 'claim' | 'share' | 'close';
type Forms = Readonly<Record<FormName, FormState>>;

const EMPTY: Forms = {
  adjudicate: emptyForm({ decision: '', reason: '', evidence: '' }),
  claim: emptyForm({ received: '', note: '' }),
  share: emptyForm({ days: '14' }),
  close: emptyForm(),
};
const BASE = `/admin/reports/${MONTH}/${NAME}/decisions`;

const monthOf = ({ params }: ConsoleAsk): string => params['month'] ?? '';
const contractOf = ({ params }: ConsoleAsk): string => params['name'] ?? '';
const placeOf = (ask: ConsoleAsk): string => `/admin/reports/${monthOf(ask)}/${contractOf(ask)}/decisions`;

export const decisionRoutes = (verbs: Verbs, publicOrigin: () => string): readonly ConsoleRoute[] => {
  /** The page, with forms that came back and the link that was just made. */
  const page = async (ask: ConsoleAsk, forms: Partial<Forms> = {}, link: string | null = null): Promise<ConsoleAnswer | null> => {
    const view = await monthDecisions(verbs.reports(ask.actor), monthOf(ask), contractOf(ask));
    if (!view) return null;
    const refused = Object.keys(forms).length > 0;
    return { show: { ...view, forms: { ...EMPTY, ...forms }, link }, at: placeOf(ask), status: refused ? 422 : 200 };
  };
  const done = (ask: ConsoleAsk, said: string): ConsoleAnswer => {
    verbs.changed();
    return { to: `${placeOf(ask)}?said=${said}` };
  };
  const asked = (ask: ConsoleAsk) => ({ contract: contractOf(ask), month: monthOf(ask) });

  const adjudicate = async (ask: ConsoleAsk): Promise<ConsoleAnswer | null> => {
    const values = typed(ask, ['decision', 'reason', 'evidence']);
    const { decision, reason, evidence } = values;
    if (decision !== 'met' && decision !== 'missed') {
      const refusal = refuse('no_decision', 'Choose what the month counts as.', { field: 'decision' });
      return page(ask, { adjudicate: refusedForm(values, refusal) });
    }
    const answer = await adjudicateMonth(verbs.ledger(ask.actor), {
      ...asked(ask),
      decision,
      reason,
      evidence,
      author: null,
      approvedBy: null,
    });
    return isRefusal(answer) ? page(ask, { adjudicate: refusedForm(values, answer) }) : done(ask, 'adjudicated');
  };
  const approve = async (ask: ConsoleAsk): Promise<ConsoleAnswer | null> => {
    const answer = await approveAdjudication(verbs.ledger(ask.actor), ask.params['id'] ?? '', { approvedBy: null });
    return isRefusal(answer) ? page(ask, { adjudicate: refusedForm({ ...EMPTY.adjudicate.values }, answer) }) : done(ask, 'approved');
  };
  const claim = async (ask: ConsoleAsk): Promise<ConsoleAnswer | null> => {
    const values = typed(ask, ['received', 'note']);
    const view = await monthDecisions(verbs.reports(ask.actor), monthOf(ask), contractOf(ask));
    if (!view) return null;
    const refused = (refusal: Refusal) => page(ask, { claim: refusedForm(values, refusal, { received_ms: 'received' }) });
    const receivedAt = readWallTime(values.received, view.zone);
    if (receivedAt === null) return refused(refuse('bad_time', words.badTime(values.received), { field: 'received' }));
    const answer = await recordClaim(verbs.ledger(ask.actor), { ...asked(ask), receivedAt, note: values.note, author: null });
    return isRefusal(answer) ? refused(answer) : done(ask, 'claimed');
  };
  const close = async (ask: ConsoleAsk): Promise<ConsoleAnswer | null> => {
    const ctx = verbs.reports(ask.actor);
    const answer = await closeMonth(ctx, { month: monthOf(ask), only: [contractOf(ask)] }, () => undefined);
    if (isRefusal(answer)) return page(ask, { close: refusedForm({}, answer) });
    const [one] = answer.contracts;
    if (one?.outcome === 'waiting') return page(ask, { close: { ...EMPTY.close, refusal: words.obstacle(one.obstacle ?? '') } });
    return done(ask, 'closed');
  };
  const share = async (ask: ConsoleAsk): Promise<ConsoleAnswer | null> => {
    const values = typed(ask, ['days']);
    const answer = await shareReport(verbs.ledger(ask.actor), { ...asked(ask), days: values.days });
    if (isRefusal(answer)) return page(ask, { share: refusedForm(values, answer) });
    // Shown in the answer itself and never again: no address and no redirect holds it.
    return page(ask, {}, `${publicOrigin()}/shared/${answer.secret}`);
  };
  const revoke = async (ask: ConsoleAsk): Promise<ConsoleAnswer | null> => {
    const answer = await revokeShare(verbs.ledger(ask.actor), field(ask, 'id'));
    return isRefusal(answer) ? page(ask, { share: refusedForm({ ...EMPTY.share.values }, answer) }) : done(ask, 'revoked');
  };

  const post = (what: string, answer: ConsoleRoute['answer'], form: FormName | null = null): ConsoleRoute => ({
    method: 'POST',
    pattern: `${BASE}/${what}`,
    needs: 'reports:approve',
    answer,
    ...(form && { again: (ask) => page(ask, { [form]: emptyForm(typed(ask, Object.keys(EMPTY[form].values))) }) }),
  });
  return [
    { method: 'GET', pattern: BASE, needs: 'reports:read', answer: (ask) => page(ask) },
    post('adjudicate', adjudicate, 'adjudicate'),
    post('approve/:id', approve),
    post('claim', claim, 'claim'),
    post('close', close),
    post('share', share, 'share'),
    post('revoke', revoke),
  ];
};
