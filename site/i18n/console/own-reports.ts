/** Reports as an account manager sees them: whose they are, and whom to ask for more. */
const listed = (names: readonly string[], last: string): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`;

export const ownReports = {
  audit: (id: string) => `Who said what of ${id}, from where and when`,
  of: (names: readonly string[]) =>
    names.length > 6
      ? `Contracts of your ${names.length} customers, and of nobody else.`
      : `Contracts of ${listed(names, 'and')}, and of nobody else.`,
  none: 'No customer is given to you yet, so there is no report for you to read.',
  ask: (admins: readonly string[]) =>
    admins.length === 0
      ? 'Ask an admin: they say under People which customers you have.'
      : `Ask ${listed(admins, 'or')}: an admin says under People which customers you have.`,
} as const;
