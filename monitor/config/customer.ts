/** `customers`: with whom contracts are made. The id stays; the name is what reports say. */
import { z } from 'zod';
import type { Report } from './fault.ts';
import { slug, text } from './fields.ts';
import { documented } from './leaf.ts';
import { readMapping } from './mapping.ts';
import { type Named, readNamed } from './named.ts';

export const customerSchema = z.strictObject({
  id: documented(slug(), 'Short name by which contracts name the customer.'),
  name: documented(text(200), 'Name on the reports.'),
});

/** Reads the list (absent: none); answers names by id. */
export const readCustomers = (raw: unknown, report: Report): Named<string> =>
  readNamed('customers', raw, 10_000, report, (entry, path) => {
    const { id, name } = readMapping(customerSchema, entry, path, report) ?? {};
    return { id, value: name ?? null };
  });
