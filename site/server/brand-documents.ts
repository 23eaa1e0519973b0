/** The vendor's picture, from the configuration. One address per kind, so that its type never depends on what is in it. */
import type { Brand } from '#monitor/config/config.ts';
import { LOGO_TYPES, type LogoKind } from '#monitor/config/logo.ts';
import type { DocumentRoute } from './document-presenter.ts';
import type { AroundBrand } from './prepared.ts';

/** Height in the masthead, CSS px; width follows, within reason. */
const HEIGHT = 32;
const MOST_WIDTH = 240;

/** What stands around pages of it: addresses instead of bytes. */
export const aroundBrand = ({ logo, accent, links, footer }: Brand): AroundBrand => {
  if (!logo) return { logo, accent, links, footer };
  const { kind, version, alt } = logo;
  const scale = Math.min(HEIGHT / logo.height, MOST_WIDTH / logo.width);
  const [width = 1, height = 1] = [logo.width, logo.height].map((side) => Math.max(1, Math.round(side * scale)));
  return { logo: { href: `/brand/logo.${kind}?v=${version}`, alt, width, height }, accent, links, footer };
};

interface LogoView {
  readonly base64: string;
}
const EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';

const logoDocument = (kind: LogoKind): DocumentRoute => ({
  pattern: `/brand/logo.${kind}`,
  type: LOGO_TYPES[kind],
  headers: {
    'Cache-Control': 'public, max-age=86400, stale-if-error=604800',
    // A picture that is opened by itself is a document of this origin: it may style itself and do nothing else.
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  },
  async view({ config }) {
    const { logo } = config.page.brand;
    return logo?.kind === kind ? ({ base64: logo.base64 } satisfies LogoView) : null;
  },
  draw: (view) => Buffer.from((view as LogoView).base64, 'base64'),
  blank: () => (kind === 'svg' ? EMPTY : Buffer.alloc(0)),
});

export const brandDocuments: readonly DocumentRoute[] = (Object.keys(LOGO_TYPES) as LogoKind[]).map(logoDocument);
