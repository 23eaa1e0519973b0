/**
 * One report for whoever has its link: the page and its two files, nothing else. A link that ended, was shut, whose
 * maker no longer reaches the customer, or that never was is the same "no such page". The address is the secret: it is sent to nobody (`no-referrer`), kept by nobody and found by no search engine.
 */
import { findShareLink, touchShareLink } from '#db/queries/share-links.ts';
import { linkStanding, type ShareLink } from '#domain/access/share-link.ts';
import { noteExport } from '#monitor/actions/note-export.ts';
import { SYSTEM } from '#monitor/context.ts';
import { hashOf } from '#monitor/identity/secret.ts';
import type { ReportSource } from '#monitor/views/report-source.ts';
import { reportDownloads } from '../report-downloads.ts';
import type { ConsoleAsk, ConsoleRoute } from './console-route.ts';

const SECRET = '[A-Za-z0-9_-]{43}';
const SEEN_STEP_MS = 60_000;
const UNLISTED = [['X-Robots-Tag', 'noindex']] as const;

/** The link itself says whose report it is: what it opens is read as by Avow, and nothing else is. */
export const sharedRoutes = (reports: ReportSource): readonly ConsoleRoute[] => {
  const downloads = reportDownloads(reports);
  const linkOf = async ({ context }: ConsoleAsk, secret: string): Promise<ShareLink | null> => {
    const link = await findShareLink(context.store, hashOf(secret));
    const now = context.clock.now();
    if (!link || linkStanding(link, now) !== 'open') return null;
    if (link.lastUsedAt === null || now - link.lastUsedAt >= SEEN_STEP_MS)
      context.store.write([touchShareLink(link.id, now)]).catch(() => undefined);
    return link;
  };
  return [
    {
      method: 'GET',
      pattern: `/shared/:secret{${SECRET}}`,
      needs: 'anybody',
      async answer(ask) {
        const { secret = '' } = ask.params;
        const link = await linkOf(ask, secret);
        const view = link && (await reports.report(link.month, link.contract, { revision: null, whatIf: [] }, SYSTEM));
        // What keeps a month from being final is for whoever can settle it: it names people and commands.
        return view && { show: { ...view, obstacle: null, base: `/shared/${secret}` }, at: '/shared/any', headers: UNLISTED };
      },
    },
    {
      method: 'GET',
      pattern: `/shared/:file{${SECRET}[.](?:json|csv)}`,
      needs: 'anybody',
      exports: true,
      async answer(ask) {
        const [secret = '', form = ''] = (ask.params['file'] ?? '').split('.');
        const link = await linkOf(ask, secret);
        const file = link && (await downloads.ofContract(link.month, link.contract, null, form as 'json' | 'csv', SYSTEM));
        if (!file) return null;
        const { store, clock } = ask.context;
        const which = { month: link.month, contracts: [link.contract], form, revision: null, link: link.id };
        if (!ask.isHead) await noteExport({ store, clock, actor: ask.actor }, which);
        const headers = [['Content-Disposition', `attachment; filename="${file.name}"`], ...UNLISTED] as const;
        return { plain: { status: 200, type: file.type, body: file.body, headers } };
      },
    },
  ];
};
