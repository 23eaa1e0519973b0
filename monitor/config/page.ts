/** `page`: what the status page says of itself. */
import { z } from 'zod';
import type { Brand, BrandLink, PageSettings } from './config.ts';
import type { Report } from './fault.ts';
import { text } from './fields.ts';
import { documented, leaf, quoted, Wrong, wrong } from './leaf.ts';
import { type ReadBeside, readLogo } from './logo.ts';
import { readList, readMapping } from './mapping.ts';
import { linkUrl, origin } from './target.ts';

const MOST_LINKS = 8;

/** Nothing of the vendor's own: no picture, our accent, no links, no text. */
export const NO_BRAND: Brand = { logo: null, accent: null, links: [], footer: '' };

const colour = () =>
  leaf('a colour in quotes such as "#0a6ed1"', (value) => {
    if (typeof value !== 'string') return null;
    return /^#[\da-f]{6}$/i.test(value)
      ? value.toLowerCase()
      : wrong(`must be a colour of six hexadecimal digits such as "#0a6ed1", not ${quoted(value)}`);
  });

const footLink = () =>
  leaf('a link such as https://www.example.com/imprint', (value) => {
    if (typeof value !== 'string') return null;
    if (value.length > 2_048 || /[\s\p{Cc}]/u.test(value) || !URL.canParse(value))
      return wrong('must be a link without spaces, such as https://www.example.com/imprint');
    return /^(?:https|mailto):/.test(value) ? value : wrong('must begin with https:// or mailto:');
  });

export const pageLinkSchema = z.strictObject({
  label: documented(text(100), 'What is shown.'),
  link: documented(footLink(), 'Where it leads: `https://` or `mailto:`.'),
});

export const pageSchema = z.strictObject({
  name: documented(text(200).prefault('Status'), 'Name of the page, shown first and in the title.'),
  description: documented(text(1_000).optional(), 'One sentence under the name.', 'none'),
  url: documented(linkUrl().optional(), 'Where the name links to: the home of the service.', 'no link'),
  origin: documented(
    origin().optional(),
    'Public origin of the status page, such as https://status.example.com. `AVOW_PUBLIC_ORIGIN` wins.',
    'http://127.0.0.1:PORT',
  ),
  logo: documented(
    text(1_000).optional(),
    'Picture before the name: the path of an SVG, PNG or WebP file of at most 64 KiB, from the folder of this file. Read with this file.',
    'none',
  ),
  logo_alt: documented(
    text(200).optional(),
    'What the picture says, where it says more than the name beside it.',
    'nothing more than the name',
  ),
  accent: documented(
    colour().optional(),
    'Colour of links and of the line at the top, as "#rrggbb". Its hue is taken; its lightness is ours, so that links stay readable.',
    'blue',
  ),
  links: documented(z.unknown().optional(), `Links at the foot of every page, at most ${MOST_LINKS}: imprint, privacy, terms.`, 'none'),
  footer: documented(text(500).optional(), 'One text at the foot of every page.', 'none'),
});

const readLinks = (raw: unknown, report: Report): BrandLink[] =>
  readList(raw, ['page', 'links'], report, MOST_LINKS).flatMap((entry, index) => {
    const { label, link } = readMapping(pageLinkSchema, entry, ['page', 'links', index], report) ?? {};
    return label === undefined || link === undefined ? [] : [{ label, link }];
  });

/** Reads the section (absent: all defaults). */
export const readPage = (raw: unknown, report: Report, readBeside?: ReadBeside): PageSettings => {
  const fields = { ...pageSchema.parse({}), ...readMapping(pageSchema, raw === undefined ? {} : raw, ['page'], report) };
  const { name, description = '', url = null, origin: own = null, logo: file, logo_alt: alt = '', accent = null, footer = '' } = fields;
  const logo = file === undefined ? null : readLogo(file, readBeside);
  if (logo instanceof Wrong) report(['page', 'logo'], logo.predicate);
  const brand = {
    logo: logo === null || logo instanceof Wrong ? null : { ...logo, alt, file: file ?? '' },
    accent,
    links: readLinks(fields.links, report),
    footer,
  };
  return { name, description, url, origin: own, brand };
};
