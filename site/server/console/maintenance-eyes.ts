/**
 * Who sees what of contracts while maintenance is announced: names are for who reads reports and reaches every customer; whoever announces
 * sees figures without names; whoever only looks sees what it does to the policy. Source: semantics B2, reliability section 4 (Roles).
 */
import { reachesEvery } from '#domain/access/reach.ts';
import { reachOfActor } from '#monitor/context.ts';
import type { AnnouncementPreview } from '#monitor/views/announcement-preview.ts';
import type { BudgetChange } from '#monitor/views/budget-change.ts';
import type { Eyes } from '#monitor/views/maintenance-forms.ts';
import { type ConsoleAsk, signedIn } from './console-route.ts';

export const eyesOf = (ask: ConsoleAsk): Eyes => {
  const { permissions } = signedIn(ask);
  const mayNames = permissions.has('reports:read') && reachesEvery(reachOfActor(ask.actor));
  return { mayWrite: permissions.has('maintenance:write'), mayNames };
};

export const budgetsFor = (eyes: Eyes, budgets: readonly BudgetChange[]): readonly BudgetChange[] =>
  eyes.mayNames
    ? budgets
    : budgets
        .filter(({ contracts }) => contracts === null || eyes.mayWrite)
        .map((line) => ({ ...line, contracts: line.contracts?.map(() => ({ id: '', customer: '' })) ?? null }));
export const shownTo = (eyes: Eyes, preview: AnnouncementPreview): AnnouncementPreview =>
  eyes.mayNames
    ? preview
    : { ...preview, budgets: budgetsFor(eyes, preview.budgets), zones: preview.zones.map((row) => ({ ...row, customers: [] })) };
/** Figures of contracts without the names of whose they are. */
export const nameless = <P extends { readonly budgets: readonly object[]; readonly zones: readonly object[] }>(preview: P): object => ({
  ...preview,
  budgets: preview.budgets.map((line) => {
    const { contracts } = line as { readonly contracts: readonly object[] | null };
    return { ...line, contracts: contracts?.length ?? null };
  }),
  zones: preview.zones.map((row) => ({ ...row, customers: [] })),
});
