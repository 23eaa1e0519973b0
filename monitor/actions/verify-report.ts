/**
 * Whether a report is what it says: from the file alone its hash, its signature and its figures from its own lines; with other
 * files or a store the chain of hashes; with a store the figures once more from the evidence that was recorded by the report's
 * own `as_of`. Every answer is a finding with a sentence; nothing is written. Source: semantics D5, mission X4.
 */
import { linkHash } from '#db/queries/chain.ts';
import { readAgreements } from '#db/queries/contracts.ts';
import { EVIDENCE_MARK, readMark } from '#db/queries/packs.ts';
import { reportReader } from '#db/queries/report-facts.ts';
import { readReportBySha, readRevisions } from '#db/queries/reports.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { dayInterval } from '#domain/check/day-rollup.ts';
import { utcWords } from '#domain/maintenance/words.ts';
import { buildReport } from '#domain/report/build-report.ts';
import { checkReport } from '#domain/report/check-report.ts';
import { reportChanges } from '#domain/report/report-changes.ts';
import type { ReportDocument, SealedReport } from '#domain/report/report-document.ts';
import { instantOfIso } from '#domain/time/iso.ts';
import { type ReportContext, reachedBy, recomputeMonths } from './report-context.ts';
import { isSignedBy, publicKeyId, sha256Hex } from './report-key.ts';
import { verifyLedgerChain } from './verify-ledger-chain.ts';

export interface Finding {
  readonly what: 'hash' | 'signature' | 'figures' | 'chain' | 'store' | 'evidence';
  /** Null: it could not be judged, and the sentence says why. */
  readonly ok: boolean | null;
  readonly says: string;
}
const finding = (what: Finding['what'], ok: Finding['ok'], says: string): Finding => ({ what, ok, says });

/** Faults told of one report; the rest is counted. */
const TOLD = 12;

const hashFinding = (sealed: SealedReport, text: string): Finding => {
  const computed = sha256Hex(text);
  return computed === sealed.sha256
    ? finding('hash', true, `The SHA-256 of the report is ${computed}, as stated.`)
    : finding(
        'hash',
        false,
        `The report has the SHA-256 ${computed}, and the file states ${sealed.sha256}: the report was changed after it was issued.`,
      );
};

/** `trustedPem`: the vendor's key as the person got it elsewhere; null: only the key in the file is at hand. */
const signatureFinding = ({ signature }: SealedReport, text: string, trustedPem: string | null): Finding => {
  const pem = trustedPem ?? signature.public_key;
  const id = publicKeyId(pem);
  if (id === null) return finding('signature', false, 'The key is no Ed25519 public key in PEM.');
  if (id !== signature.key_id)
    return finding(
      'signature',
      false,
      `The report names the key ${signature.key_id}, and the key at hand is ${id}: somebody else signed it, or this is an older or newer key.`,
    );
  if (!isSignedBy(pem, text, Buffer.from(signature.value, 'base64')))
    return finding('signature', false, `The signature is not of this report by the key ${id}.`);
  const whose =
    trustedPem === null
      ? ' It is the key that lies in the file: hold it against the one the vendor publishes at /.well-known/avow-report-key.pem, or give it with --key.'
      : '';
  return finding('signature', true, `The report is signed by the key ${id}.${whose}`);
};

const figuresFindings = (report: ReportDocument, tzdata: string): Finding[] => {
  const { faults, notes } = checkReport(report, tzdata);
  const told = faults.slice(0, TOLD).map(({ words }) => finding('figures', false, words));
  if (faults.length > TOLD) told.push(finding('figures', false, `There are ${faults.length - TOLD} more differences like these.`));
  const unjudged = notes.slice(0, TOLD).map((note) => finding('figures', null, note));
  const { figures } = report;
  if (told.length > 0) return [...told, ...unjudged];
  const figure = figures.availability === null ? 'no figure' : `${figures.availability} %`;
  return [finding('figures', true, `Every figure follows from the report's own lines: ${figure}, ${figures.verdict}.`), ...unjudged];
};

/** The file alone. */
export const verifyAlone = (sealed: SealedReport, trustedPem: string | null, tzdata: string): Finding[] => {
  const text = canonicalJson(sealed.report);
  return [hashFinding(sealed, text), signatureFinding(sealed, text, trustedPem), ...figuresFindings(sealed.report, tzdata)];
};

/** Each report against the one before it of the same contract, of those at hand. `files`: by their name. */
export const verifyTogether = (
  files: readonly { readonly name: string; readonly sealed: SealedReport }[],
): ReadonlyMap<string, Finding> => {
  const byHash = new Map(files.map(({ sealed }) => [sealed.sha256, sealed.report]));
  const successors = Map.groupBy(byHash, ([, { contract, prev_sha256 }]) => `${contract.id} ${prev_sha256}`);
  return new Map(
    files.map(({ name, sealed: { report } }) => {
      const { prev_sha256: prev, contract } = report;
      const others = successors.get(`${contract.id} ${prev}`) ?? [];
      if (others.length > 1) {
        const ids = others.map(([sha256, { id }]) => `${id} (${sha256})`).join(' and ');
        return [name, finding('chain', false, `${ids} both say that they are the next report after the same one. Only one can be.`)];
      }
      if (prev === null) return [name, finding('chain', true, `It is the first report of the contract ${contract.id}.`)];
      const before = byHash.get(prev);
      if (!before) return [name, finding('chain', null, `The report before it (${prev}) is not among the files.`)];
      const follows = before.contract.id === contract.id && before.issued_at <= report.issued_at;
      return [
        name,
        follows
          ? finding('chain', true, `It follows ${before.id}, by its hash.`)
          : finding('chain', false, `It names ${before.id} as the one before it, which is of another contract or was issued later.`),
      ];
    }),
  );
};

const storeFinding = async ({ store }: ReportContext, { report, sha256 }: SealedReport): Promise<Finding> => {
  const stored = await readReportBySha(store, sha256);
  if (stored?.contract === report.contract.id)
    return finding('store', true, `The store issued it as ${stored.id} at ${utcWords(stored.recordedAt)}.`);
  const issued = await readRevisions(store, report.contract.id, report.month);
  const known = issued.map((one) => `revision ${one.revision} with ${one.sha256}`).join(', ');
  return finding(
    'store',
    false,
    `The store never issued a report with this hash. Of ${report.contract.id} and ${report.month} it issued ${known || 'none'}.`,
  );
};

/** A report in other hands is an end of the chain that was noted elsewhere: the chain must still have it. */
const linkFinding = async ({ store }: ReportContext, { chain }: ReportDocument): Promise<Finding[]> => {
  if (chain === null) return [];
  const hash = await linkHash(store, chain.seq);
  return hash === chain.row_hash
    ? []
    : [
        finding(
          'chain',
          false,
          `The report names ${chain.row_hash} as link ${chain.seq} of the ledger's chain, and the store has ${hash ?? 'none'} there: the chain was hashed anew or cut short since, or the report is of another store.`,
        ),
      ];
};

/** The month once more, from the checks recorded by the report's own `as_of`, by the rules of this Avow. */
const evidenceFindings = async (ctx: ReportContext, report: ReportDocument): Promise<Finding[]> => {
  const [asOf, start] = [instantOfIso(report.as_of), instantOfIso(report.period.start)];
  if (asOf === null || start === null) return [finding('evidence', false, 'The report does not say as of when it was made.')];
  const keptFrom = dayInterval((await readMark(ctx.store, EVIDENCE_MARK)) ?? 0).start;
  if (keptFrom > start)
    return [
      finding(
        'evidence',
        null,
        `The checks of that month are kept from ${utcWords(keptFrom)} on only, so its figures cannot be made anew from them.`,
      ),
    ];
  const ledger = await recomputeMonths(ctx, report.month, report.month, asOf);
  const known = ledger.facts.agreements.find(({ agreement }) => agreement.id === report.contract.id);
  if (!known) return [finding('evidence', false, `The store knew no contract ${report.contract.id} at ${report.as_of}.`)];
  const facts = await reportReader(ctx.store, ledger, ctx.maker).report(known.agreement, report.month);
  const { revision, state, prev_sha256: prevSha256, chain } = report;
  const made = buildReport(facts, { revision, state, issuedAt: asOf, prevSha256, chain });
  const changes = reportChanges(report, made);
  if (changes.length === 0)
    return [finding('evidence', true, `The checks recorded by ${report.as_of} give the same figures and the same lines.`)];
  return changes.slice(0, TOLD).map(({ words }) => finding('evidence', false, `The evidence says otherwise. ${words}`));
};

/** A customer may run an Avow too, which knows nothing of this vendor; and to whoever asks there are no contracts that they do not reach. */
const isForeign = async (ctx: ReportContext, { contract }: ReportDocument): Promise<boolean> =>
  reachedBy(ctx, await readAgreements(ctx.store)).every(({ agreement }) => agreement.id !== contract.id);

/** With the store that issued it: the chain of the ledger, the report in it, and its figures from the evidence. */
export const verifyWithStore = async (ctx: ReportContext, sealed: SealedReport): Promise<Finding[]> => {
  if (await isForeign(ctx, sealed.report))
    return [
      finding(
        'store',
        null,
        `This store has no contract ${sealed.report.contract.id}: it did not issue the report and says nothing of it.`,
      ),
    ];
  const chain = await verifyLedgerChain(ctx.store);
  const links = `The chain of the ledger is whole: ${chain.links} links up to ${chain.head.hash}.`;
  return [
    await storeFinding(ctx, sealed),
    finding('chain', chain.ok, chain.ok ? links : (chain.fault?.message ?? 'The chain of the ledger is broken.')),
    ...(await linkFinding(ctx, sealed.report)),
    ...(await evidenceFindings(ctx, sealed.report)),
  ];
};

/** Whether nothing was found to be wrong; what could not be judged is no fault. */
export const holds = (findings: readonly Finding[]): boolean => findings.every(({ ok }) => ok !== false);
