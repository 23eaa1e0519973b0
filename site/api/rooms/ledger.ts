/** What people know better than the checks, and what they decide of a month. */
import { ledgerVerbs } from '#monitor/actions/ledger-requests.ts';
import { overridesView } from '#monitor/views/overrides.ts';
import { adjudicationShape, claimShape, overrideShape, overridesShape } from '../answers/ledger.ts';
import { type NeedByRequest, type Room, room, USUAL_BYTES, view } from '../room.ts';

/** Whoever runs operations may say that something was down; what can take downtime away is for those who may take it away. */
const overriding: NeedByRequest = {
  either: ['incidents:write', 'ledger:adjust'],
  of: (asked) => ((asked as { readonly state?: unknown } | null)?.state === 'down' ? 'incidents:write' : 'ledger:adjust'),
};

export const ledgerRoom: Room = room({
  path: '/ledger',
  title: 'Ledger',
  verbs: ledgerVerbs,
  entries: {
    'override-add': { needs: overriding, summary: 'Record what people know better than the checks', shape: overrideShape },
    'override-revoke': { needs: 'ledger:adjust', summary: 'Revoke such a record', shape: overrideShape },
    'override-approve': { needs: 'ledger:adjust', summary: 'Approve it as the second person', shape: overrideShape },
    adjudicate: { needs: 'reports:approve', summary: 'Decide a month that the evidence leaves open', shape: adjudicationShape },
    'adjudication-approve': { needs: 'reports:approve', summary: 'Approve the decision as the second person', shape: adjudicationShape },
    claim: { needs: 'reports:approve', summary: "Record a customer's claim", shape: claimShape },
  },
  acting: (verbs, { actor }) => verbs.ledger(actor),
  views: {
    '/overrides': view({
      needs: 'status:read',
      summary: 'Overrides, with reasons and evidence',
      shape: overridesShape,
      show: overridesView,
    }),
  },
  mostBytes: USUAL_BYTES,
});
