/** `support`: the channels by which customers reach people, shown on the page in this order. */
import { z } from 'zod';
import type { SupportChannel } from './config.ts';
import type { Report } from './fault.ts';
import { oneOf, text } from './fields.ts';
import { documented, leaf, wrong } from './leaf.ts';
import { readList, readMapping } from './mapping.ts';

const SCHEMES = { telephone: ['tel'], email: ['mailto'], chat: ['https', 'http'], online: ['https', 'http'] } as const;

const link = () =>
  leaf('a link such as tel:+15555550100, mailto:help@example.com or https://…', (value) => {
    if (typeof value !== 'string') return null;
    if (value.length > 2_048 || /[\s\p{Cc}]/u.test(value) || !URL.canParse(value))
      return wrong('must be a link without spaces, such as tel:+15555550100');
    return /^(tel|mailto|https?):/.test(value) ? value : wrong('must begin with tel:, mailto:, https:// or http://');
  });

export const supportSchema = z.strictObject({
  kind: documented(oneOf('telephone', 'email', 'chat', 'online'), 'Which channel it is.'),
  label: documented(text(200), 'What is shown: a number, an address, a name.'),
  link: documented(link(), 'Where it leads: `tel:` for telephone, `mailto:` for email, `https://` for chat and online.'),
});

/** Reads the list (absent: none). */
export const readSupport = (raw: unknown, report: Report): SupportChannel[] =>
  readList(raw, ['support'], report, 20).flatMap((entry, index) => {
    const path = ['support', index];
    const { kind, label, link: target } = readMapping(supportSchema, entry, path, report) ?? {};
    if (kind === undefined || target === undefined) return [];
    const schemes: readonly string[] = SCHEMES[kind];
    if (!schemes.some((scheme) => target.startsWith(`${scheme}:`)))
      report([...path, 'link'], `must begin with ${schemes.join(': or ')}: for ${kind}`);
    return label === undefined ? [] : [{ kind, label, link: target }];
  });
