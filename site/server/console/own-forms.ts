/**
 * Whether a form is ours: sent by a page of ours, which is known before its body is read, and made in this session, which its own field
 * says. One of ours from another session is strange: nothing is done with it, and nothing of it is lost. Source: reliability P15.
 */
import { MOST_BODY_BYTES } from '../listener.ts';
import { isSecretAddress } from '../logged-path.ts';
import type { Asker } from './asker.ts';
import { type Form, NOT_A_FORM, readForm, TOO_LARGE } from './body.ts';
import { isOfOurOwn, isReadByUs } from './origin-guard.ts';
import { isPerson, type Sorry, type Visit } from './visit.ts';

export const FORM_TOKEN = 'form_token';
/** Of 64 bytes as base64url. */
const FORM_TOKEN_LENGTH = 86;

/** Null: a page of ours sent it, or nothing is sent. */
export const foreign = ({ c, route }: Visit, asker: Asker): Sorry | null => {
  const own = asker.ownOrigins();
  const said = c.req.header('origin') ?? null;
  // A page that tells nobody its address (`no-referrer`) says `null` of its origin too: `Sec-Fetch-Site` alone speaks for it.
  const origin = said === 'null' && isSecretAddress(c.req.path) ? null : said;
  const sent = { origin, site: c.req.header('sec-fetch-site') ?? null };
  if (route.method === 'GET')
    return route.fragment && !isReadByUs(sent, own) ? { status: 403, sentence: 'Only pages of Avow read this.' } : null;
  if (isOfOurOwn(sent, own)) return null;
  return { status: 403, sentence: 'The form was not sent by a page of this console. Open the page here, then try again.' };
};

/** As typed; empty for what sends none. */
export const formOf = async ({ c, route }: Visit): Promise<Form | Sorry> => {
  const form = route.method === 'POST' ? await readForm(c.req.raw, MOST_BODY_BYTES) : new Map<string, string[]>();
  if (form === TOO_LARGE) return { status: 413, sentence: 'A form may carry at most 256 KiB. Shorten the text.' };
  if (form === NOT_A_FORM) return { status: 400, sentence: 'What was sent cannot be read as a form. Open the page again.' };
  return form;
};

/** `strange`: a person's, of another session. Null: it was made in this one, or nobody has one. */
export const notOfSession = ({ c, route, known: { principal } }: Visit, form: Form): Sorry | 'strange' | null => {
  if (route.method === 'GET' || route.needs === 'anybody') return null;
  const written = form.get(FORM_TOKEN)?.[0];
  if (principal.kind === 'person' && principal.isFormToken(written ?? c.req.header('x-form-token') ?? '')) return null;
  if (isPerson(c) && written?.length === FORM_TOKEN_LENGTH) return 'strange';
  return {
    status: 403,
    sentence: 'The form belongs to another session. Open the page again; what you typed can be copied from here by going back.',
  };
};
