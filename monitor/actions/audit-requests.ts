/** The verbs of the audit as the socket, the console and the command line name them. Nothing of it is ever changed. */
import { z } from 'zod';
import { type ExportContext, exportAudit } from './export-audit.ts';
import { text, verbsOn } from './request-verb.ts';

const word = text.optional();
const search = z.strictObject({ actor: word, verb: word, subject: word, since: word, until: word, text: word, before: word });

export const auditVerbs = {
  export: verbsOn<ExportContext>()(search, (ctx, asked) =>
    exportAudit(ctx, Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))),
  ),
} as const;
