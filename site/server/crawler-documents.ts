/** What search engines ask for: which addresses there are, and that all of them may be read. Source: RFC 9309, sitemaps.org. */
import { instant } from '#domain/time/instant.ts';
import { isoOf } from '#domain/time/iso.ts';
import { type SitemapView, sitemapView } from '#monitor/views/sitemap.ts';
import { escapeHtml } from '../escape.ts';
import type { DocumentRoute } from './document-presenter.ts';

const HOURLY = { 'Cache-Control': 'public, max-age=3600, stale-if-error=86400' } as const;

const robotsText = (origin: string): string =>
  `User-agent: *\nAllow: /\nDisallow: /admin\nDisallow: /beat/\nDisallow: /api/\n\nSitemap: ${origin}/sitemap.xml\n`;

const sitemapXml = ({ entries }: SitemapView, origin: string): string => {
  const urls = entries.map(({ path, changedAt }) => {
    const changed = changedAt === null ? '' : `<lastmod>${isoOf(instant(changedAt))}</lastmod>`;
    return `<url><loc>${escapeHtml(origin + path)}</loc>${changed}</url>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('')}</urlset>\n`;
};

export const crawlerDocuments: readonly DocumentRoute[] = [
  {
    pattern: '/robots.txt',
    type: 'text/plain; charset=utf-8',
    headers: HOURLY,
    view: async () => ({}),
    draw: (_view, { origin }) => robotsText(origin),
    blank: (chrome) => (chrome ? robotsText(chrome.origin) : 'User-agent: *\nDisallow: /admin\n'),
  },
  {
    pattern: '/sitemap.xml',
    type: 'application/xml; charset=utf-8',
    headers: HOURLY,
    view: (context) => sitemapView(context),
    draw: (view, { origin }) => sitemapXml(view as SitemapView, origin),
    blank: (chrome) => sitemapXml({ entries: chrome ? [{ path: '/', changedAt: null }] : [] }, chrome?.origin ?? ''),
  },
];
