/**
 * A check as the file would say it: the keys of its kind, in the order of the reference, and which of them only say the default. The
 * inverse of the readers of check-*.ts; references to secrets stay references, and of a heartbeat's token its SHA-256 is all there is.
 */
import type {
  CheckDefinition,
  HeaderAssertion,
  HttpDefinition,
  JsonAssertion,
  TextAssertion,
  TlsExpectation,
} from '#domain/check/check-definition.ts';
import { durationText } from './fields.ts';

/** A value of the document; `undefined` is left out. */
export type DocumentValue =
  | string
  | number
  | boolean
  | null
  | readonly DocumentValue[]
  | { readonly [key: string]: DocumentValue | undefined };
export type DocumentMapping = { readonly [key: string]: DocumentValue | undefined };

/** Says a value, or nothing where it is the default and only the unusual is asked for. */
export type Say = <T extends DocumentValue>(value: T, isDefault: boolean) => T | undefined;
/** Everything that holds. */
export const inFull: Say = (value) => value;
/** What must be said, so that the reader comes to the same. */
export const inShort: Say = (value, isDefault) => (isDefault ? undefined : value);

/** A mapping without the keys that say nothing; undefined when none is left. */
const some = (mapping: DocumentMapping): DocumentMapping | undefined =>
  Object.values(mapping).some((value) => value !== undefined) ? mapping : undefined;

const statusText = ([low, high]: readonly [number, number]): DocumentValue => (low === high ? low : `${low}-${high}`);
const text = ({ contains, lacks, matches }: TextAssertion): DocumentMapping => ({ contains, lacks, matches });
const header = ({ name, equals, contains, matches }: HeaderAssertion): DocumentMapping => ({ name, equals, contains, matches });
const json = ({ path, equals, matches }: JsonAssertion): DocumentMapping => ({ path, equals, matches });

const tlsKeys = ({ verify, expiresInDays }: TlsExpectation, say: Say): DocumentMapping => ({
  verify: say(verify, verify),
  expires_in_days: say(expiresInDays, expiresInDays === 0),
});

const http = (one: HttpDefinition, say: Say): DocumentMapping => {
  const { expectStatus, expectHeaders, expectBody, expectJson } = one;
  const usual = expectStatus.length === 1 && expectStatus[0]?.[0] === 200 && expectStatus[0][1] === 299;
  return {
    url: one.url,
    method: say(one.method, one.method === 'GET'),
    headers: say(one.headers, Object.keys(one.headers).length === 0),
    body: one.body ?? undefined,
    redirects: say(one.maxRedirects, one.maxRedirects === 5),
    expect: some({
      status: say(expectStatus.map(statusText), usual),
      headers: say(expectHeaders.map(header), expectHeaders.length === 0),
      body: say(expectBody.map(text), expectBody.length === 0),
      json: say(expectJson.map(json), expectJson.length === 0),
    }),
    tls: some(tlsKeys(one.tls, say)),
  };
};

/** The kind and its mapping; null for what is built in, which no file can say. */
export const checkDocument = (definition: CheckDefinition, say: Say): readonly [kind: string, keys: DocumentMapping] | null => {
  switch (definition.kind) {
    case 'http':
      return ['http', http(definition, say)];
    case 'tcp': {
      const { host, port, send, expect } = definition;
      return ['tcp', { host, port, send: send ?? undefined, expect: expect === null ? undefined : text(expect) }];
    }
    case 'tls': {
      const { host, port, serverName, tls } = definition;
      return ['tls', { host, port: say(port, port === 443), server_name: serverName ?? undefined, ...tlsKeys(tls, say) }];
    }
    case 'dns': {
      const { name, recordType, expectAnswers, server } = definition;
      return [
        'dns',
        {
          name,
          type: say(recordType, recordType === 'A'),
          expect: say(expectAnswers, expectAnswers.length === 0),
          server: server ?? undefined,
        },
      ];
    }
    case 'heartbeat': {
      const { tokenSha256, graceMs } = definition;
      return ['heartbeat', { token_sha256: tokenSha256, grace: say(durationText(graceMs), graceMs === 60_000) }];
    }
    case 'self':
    case 'store':
      return null;
  }
};
