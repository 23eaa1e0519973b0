/**
 * Makes a document the configuration in force. Where Avow runs with a file, that file rules: applying it is reading it again, and any
 * other is refused with its name. Where no file does, the document itself is stored, in one transaction with what it changes, and is in
 * force at once and after a restart. Refuses what plan refuses; then nothing is changed.
 */
import { createHash } from 'node:crypto';
import { addApplied, appliedDigest, lastApplied } from '#db/queries/applied.ts';
import { isRefusal, type Refusal, refuse } from '#domain/refusal.ts';
import { type Difference, differences } from '#monitor/config/difference.ts';
import { isConfig } from '#monitor/config/parse.ts';
import { readsTheStore } from '#monitor/context.ts';
import { applyConfiguration } from './apply-configuration.ts';
import { authorIn } from './component-verb.ts';
import { configurationInForce, knownValues } from './configuration-in-force.ts';
import { badConfiguration, type ConfigurationContext, type GivenDocument, type RulingFile } from './configuration-verb.ts';
import { adoptionLines, differenceLines, differenceSummary } from './difference-words.ts';

export interface ApplyRequest extends GivenDocument {
  /** Where it lies, links followed; null: it comes from elsewhere. */
  readonly path: string | null;
  readonly author: string | null;
}

export interface ApplyAnswer {
  readonly changed: boolean;
  readonly differences: readonly Difference[];
  readonly adopted: readonly string[];
  readonly warnings: readonly { readonly message: string }[];
  readonly says: readonly string[];
}

const digest = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

const isThat = (ruling: RulingFile, { path, document }: ApplyRequest): boolean => {
  if (path === ruling.path) return true;
  const bytes = ruling.bytes();
  return bytes !== null && digest(bytes) === digest(document);
};

const answerOf = (name: string, found: readonly Difference[], adopted: readonly string[]): ApplyAnswer => ({
  changed: found.length + adopted.length > 0,
  differences: found,
  adopted,
  warnings: [],
  says: [
    found.length === 0
      ? `${name} is applied. It says what was in force: nothing changed.`
      : `${name} is applied: ${differenceSummary(found)}.`,
    ...differenceLines(found),
    ...adoptionLines(adopted),
  ],
});

const reloaded = async (ctx: ConfigurationContext, ruling: RulingFile, request: ApplyRequest): Promise<ApplyAnswer | Refusal> => {
  if (!isThat(ruling, request))
    return refuse(
      'file_rules',
      `This Avow reads ${ruling.name}, and that file rules. Apply it, or put ${request.name} in its place and apply that; nothing was changed.`,
      { ruling: ruling.name },
    );
  const before = await configurationInForce(ctx.store);
  const config = ctx.parse(request, knownValues(null, readsTheStore(ctx.actor)));
  const change = await ctx.reload();
  if (Array.isArray(change)) return badConfiguration(change);
  if (isRefusal(change)) return change;
  return answerOf(request.name, before && isConfig(config) ? differences(before, config) : [], change.adopted);
};

export const applyDocument = async (ctx: ConfigurationContext, request: ApplyRequest): Promise<ApplyAnswer | Refusal> => {
  const author = authorIn(ctx, request.author);
  if (isRefusal(author)) return author;
  if (ctx.ruling) return reloaded(ctx, ctx.ruling, request);
  const before = await configurationInForce(ctx.store);
  const config = ctx.parse(request, knownValues(before, readsTheStore(ctx.actor)));
  if (!isConfig(config)) return badConfiguration(config);
  const { name, document, beside } = request;
  const sha256 = digest(document);
  const last = await lastApplied(ctx.store);
  const change = await applyConfiguration(ctx, config, (at) => {
    if (last?.sha256 === sha256 && last.name === name) return { statements: [], entries: [] };
    const row = { recordedAt: at, name, sha256, document, beside, author };
    const told = { name, sha256, row_sha256: appliedDigest(row) };
    return {
      statements: [addApplied(row)],
      entries: [{ verb: 'configuration.apply', subject: `document/${at}`, before: null, after: told }],
    };
  });
  if (isRefusal(change)) return change;
  const { anew: _, ...inForce } = config;
  await ctx.taken(inForce);
  return answerOf(name, before ? differences(before, config) : [], change.adopted);
};
