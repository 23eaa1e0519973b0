/** What the verbs of reports answer as documents for programs: reports as they are issued, the rest with keys in snake_case. */
import type { CloseAnswer } from '#monitor/actions/close-month.ts';
import type { FilesAnswer, PagesAnswer, WhatIfAnswer } from '#monitor/actions/report-requests.ts';
import { issuedForm } from './issued-form.ts';

type Document = Readonly<Record<string, unknown>>;

export const closeDocument = ({ month, contracts }: CloseAnswer): Document => ({
  month,
  contracts: contracts.map((one) => ({
    contract: one.contract,
    customer: one.customer,
    outcome: one.outcome,
    revision: one.revision,
    sha256: one.sha256,
    verdict: one.verdict,
    availability: one.availability,
    credit_minor: one.creditMinor,
    currency: one.currency,
    obstacle: one.obstacle,
    changes: one.changes,
  })),
});

export const filesDocument = ({ files }: FilesAnswer): Document => ({ reports: files.map(issuedForm) });
export const pagesDocument = ({ files, pages }: PagesAnswer): Document => ({ ...filesDocument({ files }), pages });

export const imaginedDocument = ({ contract, view }: WhatIfAnswer['imagined'][number]): Document => ({ contract, ...view });
export const whatIfDocument = ({ imagined }: WhatIfAnswer): Document => ({ imagined: imagined.map(imaginedDocument) });
