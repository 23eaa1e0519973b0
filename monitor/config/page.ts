/** `page`: what the status page says of itself. */
import { z } from 'zod';
import type { PageSettings } from './config.ts';
import type { Report } from './fault.ts';
import { text } from './fields.ts';
import { documented } from './leaf.ts';
import { readMapping } from './mapping.ts';
import { linkUrl, origin } from './target.ts';

export const pageSchema = z.strictObject({
  name: documented(text(200).prefault('Status'), 'Name of the page, shown first and in the title.'),
  description: documented(text(1_000).optional(), 'One sentence under the name.', 'none'),
  url: documented(linkUrl().optional(), 'Where the name links to: the home of the service.', 'no link'),
  origin: documented(
    origin().optional(),
    'Public origin of the status page, such as https://status.example.com. `AVOW_PUBLIC_ORIGIN` wins.',
    'http://127.0.0.1:PORT',
  ),
});

/** Reads the section (absent: all defaults). */
export const readPage = (raw: unknown, report: Report): PageSettings => {
  const fields = { ...pageSchema.parse({}), ...readMapping(pageSchema, raw === undefined ? {} : raw, ['page'], report) };
  return { name: fields.name, description: fields.description ?? '', url: fields.url ?? null, origin: fields.origin ?? null };
};
