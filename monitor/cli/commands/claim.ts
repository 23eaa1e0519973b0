/** `avow claim`: records that a customer claimed the credit of a month, and says whether it was in time. */
import { claimDocument } from '#monitor/views/ledger-document.ts';
import { parseArguments } from '../arguments.ts';
import { askRoom } from '../ask-room.ts';
import { type Command, UsageFault } from '../command.ts';
import { COMMON, nameHere, needed, oneWord, string, tellAnswer } from '../verb-words.ts';

export const command: Command = {
  name: 'claim',
  remote: true,
  summary: "records a customer's claim for the credit of a month",
  usage: `avow claim MONTH --contract ID --received INSTANT --note TEXT --as NAME

Some contracts give a credit only to who asks for it in time: before the local midnight that ends so many days after the month. The claim
is recorded with the instant at which it was received, as 2026-03-30T16:00-04:00, and the answer says whether that was in time. A claim
that came too late, or that the contract does not ask for, is recorded too, with a warning. None is edited; record another.

A running Avow is asked through avow.sock in its data folder; otherwise the store is opened here.

  --as NAME    who records it; a claim, for nobody signs in here. With --url: the token's owner alone
  --url URL    a running Avow elsewhere, asked with the token in AVOW_TOKEN (default: AVOW_URL; docs/cli.md)
  --data DIR   the data folder (default: AVOW_DATA, else ./data)
  --json       one JSON document on standard output

Exit codes: 0 recorded, 1 refused (there is no such contract, it does not cover the month), 2 wrong use or bad input,
75 another process holds the store.`,
  async run(argv, io) {
    const options = { ...COMMON, contract: string, received: string, note: string, as: string } as const;
    const { values, positionals } = parseArguments('claim', argv, { options, positionals: 'MONTH' });
    const month = oneWord('claim', positionals, 'month');
    if (month === null) throw new UsageFault('avow claim needs a month, as 2026-04.');
    const { contract, received, note, as: author = null } = values;
    needed('claim', { contract, received, note, ...nameHere(values.as, io) });
    const request = { contract, month, receivedAt: received, note, author };
    return tellAnswer(await askRoom('ledgerRoom', 'claim', values, request, io), values, io, claimDocument);
  },
};
