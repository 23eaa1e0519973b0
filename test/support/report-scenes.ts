/**
 * Reports as design must not forget them: kept, missed, open, provisional, not to be decided, empty, overfull, hostile. Every document is
 * built from facts by the product's own `buildReport`; a contract is a scene, `/admin/reports/{month}/{scene}` shows it.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { Sample } from '#domain/check/confirmation.ts';
import { minor } from '#domain/money.ts';
import { buildReport, type Making, unissuedReport } from '#domain/report/build-report.ts';
import type { ReportDocument } from '#domain/report/report-document.ts';
import type { ReportFacts, Witness } from '#domain/report/report-facts.ts';
import { finalFrom, obstacleOf } from '#domain/report/report-stage.ts';
import type { Announcement } from '#domain/sla/announcement.ts';
import type { StatementFacts } from '#domain/sla/month-statement.ts';
import type { Contract } from '#domain/sla/terms.ts';
import { after, instant, MINUTE } from '#domain/time/instant.ts';
import { instantOfIso } from '#domain/time/iso.ts';
import { countsOf, inOrder, lineOfDocument, totalsOf } from '#monitor/views/contract-month-lines.ts';
import { fileText } from '#monitor/views/report-files.ts';
import type { ReportSource } from '#monitor/views/report-source.ts';
import type { MonthPageView, ReportPageView, RevisionLine, Seal } from '#monitor/views/report-views.ts';
import { imagine } from '#monitor/views/what-if.ts';
import { downOn, factOf, reportFacts, sample, withRows, witness } from '../domain/report/report-examples.ts';
import { announced, at, component, contract, down, every, folded, monthFacts, override } from '../domain/sla/examples.ts';
import { SCENE_TIME } from './scenes.ts';

const agreed: Contract = { ...contract, customer: 'northwind' };
const HOSTILE = '<script>alert(1)</script> =HYPERLINK("https://evil.example") & co';
export const LONG_NAME =
  'Customer self-service portal for order history, returns, warranty registrations and loyalty points in the region of Europe, the Middle East and Africa, including the archive of documents older than seven years';

interface Scene {
  readonly customer: string;
  readonly name: string;
  readonly given: StatementFacts;
  readonly facts?: Partial<ReportFacts>;
  readonly revisions?: number;
}
const decided = (text: string): Pick<StatementFacts, 'asOf'> => ({ asOf: at(text) });

/** An October with everything in it: windows used, unused, late and left early, two outages, a gap, a blip, corrections. */
const windows: readonly Announcement[] = [
  announced('m-oct-03', '2026-09-29T15:00:00Z', '2026-10-03T14:00:00Z', '2026-10-03T16:30:00Z'),
  {
    ...announced('m-oct-10', '2026-10-06T15:00:00Z', '2026-10-10T14:00:00Z', '2026-10-10T17:00:00Z'),
    revisions: [
      { rev: 1, recordedAt: at('2026-10-06T15:00:00Z'), start: at('2026-10-10T14:00:00Z'), end: at('2026-10-10T17:00:00Z') },
      { rev: 2, recordedAt: at('2026-10-10T16:40:00Z'), start: at('2026-10-10T14:00:00Z'), end: at('2026-10-10T18:30:00Z') },
    ],
  },
  announced('m-oct-17', '2026-10-17T14:20:00Z', '2026-10-17T14:30:00Z', '2026-10-17T15:30:00Z'),
  {
    ...announced('m-oct-24', '2026-10-20T13:00:00Z', '2026-10-24T14:00:00Z', '2026-10-24T16:00:00Z'),
    completedAt: at('2026-10-24T15:05:00Z'),
  },
];
const eventful = (more: Partial<StatementFacts> = {}): StatementFacts => {
  const seen = withRows(
    downOn(
      down('2026-10-03T14:12:00Z', '2026-10-03T15:58:00Z'),
      down('2026-10-08T18:02:11Z', '2026-10-08T19:01:42Z'),
      down('2026-10-10T16:45:00Z', '2026-10-10T17:22:30Z'),
      { ...down('2026-10-20T07:10:00Z', '2026-10-20T07:25:00Z'), state: 'unknown' },
      down('2026-10-27T03:40:05Z', '2026-10-27T04:11:25Z'),
    ),
    [
      override('o-log', '2026-10-28T09:00:00Z', '2026-10-27T04:05:00Z', '2026-10-27T04:11:25Z', 'up', 'Bela Ortiz'),
      override('o-desk', '2026-10-29T11:30:00Z', '2026-10-14T12:00:00Z', '2026-10-14T12:09:00Z', 'down'),
    ],
  );
  return monthFacts('2026-10', {
    contract: agreed,
    components: [seen],
    announcements: windows,
    ...decided('2026-11-05T04:00:00Z'),
    ...more,
  });
};
const witnesses: ReadonlyMap<string, readonly Witness[]> = new Map([
  [
    'D1',
    [
      witness('nyc', ['2026-10-08T18:01:11Z', '2026-10-08T18:02:11Z', '2026-10-08T19:00:42Z', '2026-10-08T19:01:42Z'], 61),
      {
        ...witness('fra', ['2026-10-08T18:01:31Z', '2026-10-08T18:02:31Z', '2026-10-08T19:01:02Z', '2026-10-08T19:02:02Z'], 60),
        firstBad: {
          ...sample('2026-10-08T18:02:31Z', 'fail'),
          reason: 'status_unexpected',
          httpStatus: 503,
          detail: 'Service Unavailable',
        },
      },
    ],
  ],
  ['D2', [witness('nyc', ['2026-10-10T16:44:00Z', '2026-10-10T16:45:00Z', '2026-10-10T17:21:30Z', '2026-10-10T17:22:30Z'], 39)]],
  [
    'D4',
    [
      {
        ...witness('nyc', ['2026-10-27T03:39:05Z', '2026-10-27T03:40:05Z', '2026-10-27T04:10:25Z', '2026-10-27T04:11:25Z'], 33),
        kept: false,
      },
    ],
  ],
]);
const titles: Readonly<Record<string, string>> = {
  'm-oct-03': 'Move to the new database',
  'm-oct-10': 'Network equipment is replaced',
  'm-oct-17': 'Certificates are renewed',
  'm-oct-24': 'Release 4.2',
};
const eventfulFacts: Partial<ReportFacts> = {
  announcements: windows.map((one) => ({ ...factOf(one, titles[one.id] ?? ''), author: 'Ana Lind' })),
  witnesses,
  incidents: [
    {
      id: 'inc-101',
      title: 'Application unreachable',
      components: ['app'],
      start: at('2026-10-08T18:02:11Z'),
      end: at('2026-10-08T19:01:42Z'),
    },
  ],
  releases: [
    {
      version: '4.2.0',
      kind: 'standard',
      notesPublishedAt: at('2026-10-20T13:00:00Z'),
      deployedAt: at('2026-10-24T14:20:00Z'),
      announcement: 'm-oct-24',
      outsideWindow: false,
    },
    {
      version: '4.2.1',
      kind: 'hotfix',
      notesPublishedAt: at('2026-10-26T20:00:00Z'),
      deployedAt: at('2026-10-27T03:35:00Z'),
      announcement: null,
      outsideWindow: true,
    },
  ],
  locations: 2,
  sentinels: 1,
};
const tenHours = (change: Partial<Contract> = {}, more: Partial<StatementFacts> = {}): StatementFacts =>
  monthFacts('2026-10', {
    contract: { ...agreed, ...change },
    components: [downOn(down('2026-10-08T18:00:00Z', '2026-10-09T04:00:00Z'))],
    ...decided('2026-11-05T04:00:00Z'),
    ...more,
  });
/** Two weeks measured, then four hours without a word and one outage. */
const silent = downOn(down('2026-10-12T10:00:00Z', '2026-10-12T11:00:00Z'), {
  ...down('2026-10-20T04:00:00Z', '2026-10-20T08:00:00Z'),
  state: 'unknown',
});
const flapping = (n: number): Sample['outcome'] => (n % 30 < 2 ? 'fail' : n % 47 === 5 ? 'fail' : 'ok');

export const reportScenes: Readonly<Record<string, Scene>> = {
  eventful: { customer: 'northwind', name: 'Northwind Traders', given: eventful(), facts: eventfulFacts, revisions: 2 },
  quiet: {
    customer: 'northwind',
    name: 'Northwind Traders',
    given: monthFacts('2026-10', { contract: { ...agreed, schedule: null }, ...decided('2026-11-05T04:00:00Z') }),
  },
  missed: { customer: 'contoso', name: 'Contoso', given: tenHours({ customer: 'contoso' }) },
  yen: {
    customer: 'sakura',
    name: 'Sakura Trading 桜',
    given: tenHours({ currency: 'JPY', monthlyFee: minor(1_250_000), reportZone: 'Asia/Tokyo' }),
  },
  dinar: {
    customer: 'dilmun',
    name: 'شركة دلمون التجارية',
    given: tenHours({ currency: 'BHD', monthlyFee: minor(2_345_678), reportZone: 'Asia/Bahrain' }),
  },
  indeterminate: {
    customer: 'fabrikam',
    name: 'Fabrikam',
    given: monthFacts('2026-10', { contract: agreed, components: [silent], ...decided('2026-11-05T04:00:00Z') }),
  },
  adjudicated: {
    customer: 'fabrikam',
    name: 'Fabrikam',
    given: monthFacts('2026-10', {
      contract: agreed,
      components: [silent],
      adjudication: {
        id: 'j-1',
        decision: 'missed',
        reason: 'The customer’s own monitoring saw the outage go on until 08:00.',
        evidence: 'Log of 20 October, sent by mail on 2 November',
        author: 'Ana Lind',
        approvedBy: 'Bela Ortiz',
      },
      ...decided('2026-11-05T04:00:00Z'),
    }),
  },
  provisional: { customer: 'tailspin', name: 'Tailspin Toys', given: tenHours({}, decided('2026-11-02T15:00:00Z')) },
  sixty: {
    customer: 'wingtip',
    name: 'Wingtip',
    given: monthFacts('2026-10', {
      contract: agreed,
      components: [
        component('app', [
          folded(
            'nyc',
            every('2026-10-01T04:00:00Z', 44_640, 60_000, (n) => (n < 1_800 ? flapping(n) : 'ok')),
          ),
        ]),
      ],
      ...decided('2026-11-05T04:00:00Z'),
    }),
  },
  hostile: {
    customer: 'hostile',
    name: HOSTILE,
    given: eventful({ contract: { ...agreed, customer: 'hostile' } }),
    facts: {
      ...eventfulFacts,
      announcements: windows.map((one) => factOf(one, HOSTILE)),
      names: new Map([['app', LONG_NAME]]),
    },
  },
  spring: {
    customer: 'northwind',
    name: 'Northwind Traders',
    given: monthFacts('2026-03', {
      contract: agreed,
      components: [downOn(down('2026-03-08T06:30:00Z', '2026-03-08T07:30:00Z'))],
      ...decided('2026-04-05T04:00:00Z'),
    }),
  },
  open: {
    customer: 'northwind',
    name: 'Northwind Traders',
    given: monthFacts('2026-11', {
      contract: agreed,
      components: [downOn(down('2026-11-01T05:30:00Z', '2026-11-01T07:30:00Z'))],
      announcements: [announced('m-nov-07', '2026-11-03T15:00:00Z', '2026-11-07T15:00:00Z', '2026-11-07T17:00:00Z')],
      asOf: SCENE_TIME,
    }),
  },
  'not-applicable': {
    customer: 'northwind',
    name: 'Northwind Traders',
    given: monthFacts('2026-11', { contract: { ...agreed, startDate: '2026-11-24' }, asOf: SCENE_TIME }),
  },
};

const factsOf = ({ name, customer, given, facts }: Scene, id: string): ReportFacts => {
  const base = reportFacts({ ...given, contract: { ...given.contract, id, customer } }, facts);
  return { ...base, agreement: { ...base.agreement, customerName: name }, agreed: { ...base.agreed, customerName: name } };
};
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

const documents = new Map<string, ReportDocument>();
/** The document of a scene; the newest revision unless another one is asked for. */
export const sceneDocument = (id: string, revision?: number): ReportDocument | null => {
  const scene = reportScenes[id];
  const newest = scene?.revisions ?? 1;
  const wanted = revision ?? newest;
  if (!scene || wanted > newest) return null;
  const key = `${id} ${wanted}`;
  const known = documents.get(key);
  if (known) return known;
  const facts = factsOf(scene, id);
  const { stage, asOf } = facts.statement;
  const before = wanted > 1 ? sceneDocument(id, wanted - 1) : null;
  const made: Making = {
    revision: wanted,
    state: 'final',
    issuedAt: after(asOf, MINUTE),
    prevSha256: before && hash(canonicalJson(before)),
    chain: { seq: 17 + wanted, row_hash: hash(`row ${wanted}`) },
  };
  const issued = stage === 'ready' ? buildReport(facts, made) : unissuedReport(facts);
  const document = { ...issued, changes: wanted > 1 ? CHANGES : [] };
  documents.set(key, document);
  return document;
};
const CHANGES: ReportDocument['changes'] = [
  {
    what: 'adjustments.o-log',
    before: null,
    after: 'up, 2026-10-27T04:05:00.000Z to 2026-10-27T04:11:25.000Z',
    words: 'Override o-log was added: the Application was up on 27 October from 00:05:00 to 00:11:25.',
  },
  { what: 'figures.downtime_ms', before: '8227000', after: '7842000', words: 'Downtime is 6 min 25 s less.' },
];

const sealOf = (document: ReportDocument): Seal | null =>
  document.state === 'final'
    ? {
        sha256: hash(canonicalJson(document)),
        keyId: hash('the key of the tests'),
        signature: Buffer.from(hash(document.id).repeat(2), 'hex').toString('base64'),
        prevSha256: document.prev_sha256,
      }
    : null;
const revisionLine = (document: ReportDocument): RevisionLine => ({
  revision: document.revision,
  issuedAt: instantOf(document.issued_at),
  sha256: sealOf(document)?.sha256 ?? '',
  availability: document.figures.availability,
  verdict: document.figures.verdict,
  creditMinor: document.credit?.credit_minor ?? null,
});
const instantOf = (text: string) => instantOfIso(text) ?? instant(0);

const pageOf = (id: string, scene: Scene, document: ReportDocument): ReportPageView => {
  const count = scene.revisions ?? 1;
  const { statement } = factsOf(scene, id);
  const final = document.state === 'final';
  return {
    document,
    seal: sealOf(document),
    revisions: final
      ? Array.from({ length: count }, (_, i) => sceneDocument(id, count - i)).flatMap((one) => (one ? [revisionLine(one)] : []))
      : [],
    previousMonth: document.month === '2026-10' ? '2026-09' : null,
    nextMonth: document.month === '2026-10' ? '2026-11' : null,
    finalFrom: final ? null : finalFrom(statement),
    obstacle: final ? null : obstacleOf(statement, null),
    whatIf: null,
  };
};

const all = (): ReportDocument[] => Object.keys(reportScenes).flatMap((id) => sceneDocument(id) ?? []);

const monthOf = (month: string): MonthPageView | null => {
  const lines = all()
    .filter((document) => document.month === month)
    .map(lineOfDocument);
  if (lines.length === 0) return null;
  return {
    month,
    asOf: SCENE_TIME,
    lines: inOrder(lines),
    totals: totalsOf(lines),
    previousMonth: month === '2026-03' ? null : '2026-09',
    nextMonth: month === '2026-11' ? null : '2026-11',
  };
};

const MONTHS = ['2026-11', '2026-10', '2026-09', '2026-03'] as const;

/** All scenes, as the product's own readers would answer. */
export const sceneReports: ReportSource = {
  async list() {
    return {
      asOf: SCENE_TIME,
      noContracts: false,
      own: null,
      months: MONTHS.map((month) => countsOf(month, monthOf(month)?.lines ?? [])),
    };
  },
  month: async (month) => monthOf(month),
  async report(month, contractId, { revision, whatIf }) {
    const scene = reportScenes[contractId];
    const document = sceneDocument(contractId, revision ?? undefined);
    if (!scene || !document || document.month !== month || (revision !== null && document.state !== 'final')) return null;
    const view = pageOf(contractId, scene, document);
    return whatIf.length > 0 ? { ...view, whatIf: imagine(scene.given, whatIf) } : view;
  },
  async files(month, contracts, revision) {
    const ids = contracts ?? monthOf(month)?.lines.map(({ contract }) => contract) ?? [];
    const found = ids.flatMap((id) => {
      const document = sceneDocument(id, revision ?? undefined);
      if (!document || document.month !== month || (revision !== null && document.state !== 'final')) return [];
      return [{ document, json: sceneFile(document) }];
    });
    return found.length === 0 ? null : found;
  },
};
/** The file of a scene's report: sealed where it is final. */
export const sceneFile = (document: ReportDocument): string => {
  const seal = sealOf(document);
  const signature = seal && {
    algorithm: 'Ed25519' as const,
    key_id: seal.keyId,
    value: seal.signature,
    public_key: '-----BEGIN PUBLIC KEY-----\n',
  };
  return fileText({ document, sealed: seal && signature && { report: document, sha256: seal.sha256, signature } });
};
