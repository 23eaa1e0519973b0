/** Which configuration is in force, who says so since when, and all of it as a file that would say it. Plain JSON, for people who run Avow. */
import { lastApplied } from '#db/queries/applied.ts';
import { utcWords } from '#domain/maintenance/words.ts';
import type { Instant } from '#domain/time/instant.ts';
import { configurationInForce } from '#monitor/actions/configuration-in-force.ts';
import type { ConfigurationContext } from '#monitor/actions/configuration-verb.ts';
import { exportText } from '#monitor/config/export.ts';

export interface ConfigurationView {
  /** `file`: one on this machine; `applied`: a document that was applied; `console`: neither, only what was entered; `none`: Avow watches itself. */
  readonly ruledBy: 'file' | 'applied' | 'console' | 'none';
  /** Of the file or document; null: there is none. */
  readonly name: string | null;
  readonly appliedBy: string | null;
  readonly appliedAt: Instant | null;
  readonly components: { readonly file: number; readonly console: number };
  /** Null: nothing is configured that a file could say. */
  readonly text: string | null;
}

const headOf = ({ ruledBy, name, appliedBy, appliedAt }: Omit<ConfigurationView, 'text'>): string[] => {
  const ruled =
    ruledBy === 'file'
      ? `It is managed by ${name}.`
      : ruledBy === 'applied' && appliedAt !== null
        ? `It is managed by ${name}, applied${appliedBy === null ? '' : ` by ${appliedBy}`} on ${utcWords(appliedAt)}.`
        : 'It was entered in the console.';
  return [
    `The configuration in force in this Avow, as \`avow export\` writes it. ${ruled}`,
    `What only says a default is left out (docs/configuration.md). \${NAME} stands for a variable of the environment.`,
    `“•” stands for a value that was written out and is not shown: plan and apply keep the one in force. Better write \${NAME}.`,
  ];
};

export const configurationView = async ({ store, ruling }: Pick<ConfigurationContext, 'store' | 'ruling'>): Promise<ConfigurationView> => {
  const [said, applied] = [await configurationInForce(store), ruling ? null : await lastApplied(store)];
  const components = said?.components ?? [];
  const entered = new Set(components.filter(({ managed }) => managed === 'console').map(({ slug }) => slug));
  const sayable = components.filter(({ check }) => check.definition.kind !== 'self' && check.definition.kind !== 'store');
  const view = {
    ruledBy: ruling ? 'file' : applied ? 'applied' : entered.size > 0 ? 'console' : 'none',
    name: ruling?.name ?? applied?.name ?? null,
    appliedBy: applied?.author ?? null,
    appliedAt: applied?.recordedAt ?? null,
    components: { file: components.length - entered.size, console: entered.size },
  } as const;
  return { ...view, text: said && sayable.length > 0 ? exportText(said, entered, { head: headOf(view) }) : null };
};
