/**
 * Doctor's look at final reports. The chain binds the hash of a report, so the document is held against the hash here, the signature
 * against the document, the key against its name, and the end of the chain that the report names against the chain as it is now.
 */
import { linkHash } from '#db/queries/chain.ts';
import { readReportKeys, readReportsAfter, type StoredReport } from '#db/queries/reports.ts';
import type { Store } from '#db/store.ts';
import { namesCustomers } from '#domain/access/audit-reach.ts';
import { EVERY_CUSTOMER, type Reach } from '#domain/access/reach.ts';
import type { ReportDocument } from '#domain/report/report-document.ts';
import type { Difference } from './doctor-types.ts';
import { isSignedBy, publicKeyId, sha256Hex } from './report-key.ts';

/** Reports read between two turns of the event loop; each may be some hundred kilobytes. */
const SLICE = 10;

const chainFault = async (store: Store, { chain }: Pick<ReportDocument, 'chain'>): Promise<string | null> =>
  chain === null || (await linkHash(store, chain.seq)) === chain.row_hash
    ? null
    : `names link ${chain.seq} of the chain by another hash than it has now. The chain was hashed anew or cut short since.`;

/** What is wrong with a report as it is stored, after its name; null: nothing. */
const faultOf = async (store: Store, report: StoredReport, keys: ReadonlyMap<string, string>): Promise<string | null> => {
  if (sha256Hex(report.document) !== report.sha256)
    return 'is not the document that was issued: it has another SHA-256. It was edited after it was made final.';
  const pem = keys.get(report.keyId) ?? '';
  if (publicKeyId(pem) !== report.keyId) return `was signed by the key ${report.keyId}, and the store holds another one under that name.`;
  if (!isSignedBy(pem, report.document, report.signature)) return 'has a signature that is not of its document.';
  return chainFault(store, JSON.parse(report.document) as ReportDocument);
};

/** `reach`: of whoever asks. */
export const reportChecks = async (store: Store, reach: Reach = EVERY_CUSTOMER): Promise<Difference[]> => {
  const keys = await readReportKeys(store);
  const found: Difference[] = [];
  for (let last = ''; ; ) {
    const reports = await readReportsAfter(store, last, SLICE);
    for (const report of reports) {
      const fault = await faultOf(store, report, keys);
      const which = namesCustomers(reach, 'report') ? 'A report' : `The report ${report.id}`;
      if (fault) found.push({ component: null, location: null, what: 'reports', message: `${which} ${fault}` });
    }
    if (reports.length < SLICE) return found;
    last = reports.at(-1)?.id ?? '';
  }
};
