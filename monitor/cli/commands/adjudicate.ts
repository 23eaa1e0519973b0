/** `avow adjudicate`: two people decide a month that the evidence leaves open. */
import { adjudicationDocument } from '#monitor/views/ledger-document.ts';
import { parseArguments } from '../arguments.ts';
import { askRoom } from '../ask-room.ts';
import { type Command, type Io, UsageFault } from '../command.ts';
import { COMMON, type Common, nameHere, needed, oneId, oneWord, string, tellAnswer } from '../verb-words.ts';

export const command: Command = {
  name: 'adjudicate',
  remote: true,
  summary: 'decides an indeterminate month of a contract; needs two people',
  usage: `avow adjudicate MONTH --contract ID --decision met|missed --reason TEXT --evidence TEXT --as NAME [--approved-by NAME]
avow adjudicate approve ID --as NAME

A month is indeterminate when what is not known could tip it. Its report is final only after two people decided, with a reason and
evidence: "met" gives no credit, "missed" the tier of the lower bound. Until the second person approves, nothing has any effect. The
last approved decision stands; none is edited. A month that the evidence decides is refused: \`avow override\` corrects evidence.

A running Avow is asked through avow.sock in its data folder; otherwise the store is opened here.

  --as NAME           who does it; a claim, for nobody signs in here. With --url: the token's owner alone
  --approved-by NAME  the second person, when there is one at once; with --url they approve with a token of their own
  --url URL           a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR          the data folder (default: AVOW_DATA, else ./data)
  --json              one JSON document on standard output

Exit codes: 0 done (also when it waits for a second person), 1 refused (the month is not indeterminate, there is no such contract, the same
person), 2 wrong use or bad input, 75 another process holds the store.`,
  run: (argv, io) => (argv[0] === 'approve' ? approve(argv.slice(1), io) : decide(argv, io)),
};

const say = async (verb: 'adjudicate' | 'adjudication-approve', common: Common, request: object, io: Io): Promise<number> => {
  return tellAnswer(await askRoom('ledgerRoom', verb, common, request, io), common, io, adjudicationDocument);
};

const decide = async (argv: readonly string[], io: Io): Promise<number> => {
  const signed = { reason: string, evidence: string, as: string, 'approved-by': string } as const;
  const options = { ...COMMON, ...signed, contract: string, decision: string } as const;
  const { values, positionals } = parseArguments('adjudicate', argv, { options, positionals: 'MONTH' });
  const month = oneWord('adjudicate', positionals, 'month');
  if (month === null) throw new UsageFault('avow adjudicate needs a month, as 2026-04.');
  const { contract, decision, reason, evidence, as: author = null } = values;
  const asked = { contract, decision, reason, evidence };
  needed('adjudicate', { ...asked, ...nameHere(values.as, io) });
  return say('adjudicate', values, { month, ...asked, author, approvedBy: values['approved-by'] ?? null }, io);
};

const approve = async (argv: readonly string[], io: Io): Promise<number> => {
  const { values, positionals } = parseArguments('adjudicate approve', argv, { options: { ...COMMON, as: string }, positionals: 'ID' });
  const id = oneId('adjudicate approve', positionals, 'adjudication', 'the answer to `avow adjudicate` said it');
  needed('adjudicate approve', nameHere(values.as, io));
  return say('adjudication-approve', values, { id, approvedBy: values.as ?? null }, io);
};
