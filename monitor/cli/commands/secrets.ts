/** `avow secrets`: a new key for what is sealed in the store, asked of the running server, or of the store when none runs. */
import { parseArguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { dataFolder } from '../door.ts';
import { COMMON, runNamed, tellView, type Verb } from '../verb-words.ts';

export const command: Command = {
  name: 'secrets',
  summary: 'a new key for the secrets in the store',
  usage: `avow secrets rotate

Makes a new key, seals every secret of the store with it (secrets of second factors), and puts it into secrets.key in the data folder in
the place of the one before. Nobody is signed out, and second factors stay as they are. May be stopped or killed at any moment: the key
that the store needs is always there.

Save secrets.key with your backups afterwards, apart from the store. A backup of the store that was made before needs the key that you
saved with it. Browsers that had signed in before are unknown to Avow until their people sign in once more.

A key in AVOW_SECRETS_KEY is refused: Avow cannot change the environment. The sentence says what to do instead.

A running Avow is asked through avow.sock in its data folder; otherwise the store is opened here. Never over the network.

  --data DIR      the data folder (default: AVOW_DATA, else ./data)
  --json          one JSON document on standard output

Exit codes: 0 done, 1 refused, 2 wrong use, 75 another process holds the store.`,
  run: (argv, io) => runNamed('secrets', VERBS, argv, io),
};

const sealedLine = (secrets: number, key: string): string => {
  if (secrets === 0) return `There is a new key now (${key}). Nothing in the store was sealed yet.`;
  return `${secrets === 1 ? 'One secret of the store is' : `${secrets} secrets of the store are`} sealed with a new key now (${key}).`;
};

const rotate: Verb = async (argv, io) => {
  const { values } = parseArguments('secrets rotate', argv, { options: COMMON });
  const [{ askVerb }, { secretsRoom }] = await Promise.all([import('../verb-client.ts'), import('../rooms.ts')]);
  const answer = await askVerb(dataFolder(values.data, io), io, secretsRoom, 'rotate', {});
  return tellView(answer, values, io, {
    document: (rotated) => rotated,
    lines: ({ key, secrets }) => [
      sealedLine(secrets, key),
      'Save secrets.key of the data folder with your backups, apart from the store. Backups made before need the key before.',
    ],
  });
};

const VERBS: ReadonlyMap<string, Verb> = new Map([['rotate', rotate]]);
