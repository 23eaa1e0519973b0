/** A final report as a row alone, for what only asks which months are final: its document, hash and signature say nothing. */
import { insertReport, insertReportKey } from '#db/queries/reports.ts';
import type { Statement } from '#db/store.ts';
import { instant } from '#domain/time/instant.ts';

const KEY = 'k'.repeat(64);
const hashOf = (month: string): string => month.padEnd(64, '0');

/** One row per month, in order, each following the last of the contract. */
export const finalReports = (contract: string, months: readonly string[]): Statement[] => [
  insertReportKey(KEY, 'no key', instant(1)),
  ...months.map((month, index) =>
    insertReport({
      id: `${contract}-${month}`,
      contract,
      month,
      revision: 1,
      recordedAt: instant(2),
      asOf: instant(2),
      document: '{}',
      sha256: hashOf(month),
      prevSha256: index === 0 ? null : hashOf(months[index - 1] ?? ''),
      keyId: KEY,
      signature: new Uint8Array(64),
    }),
  ),
];
