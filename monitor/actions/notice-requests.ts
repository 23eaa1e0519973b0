/** The verbs of notices as the socket and the command line name them: a schema for what is asked, and the verb that does it. */
import { z } from 'zod';
import type { NoticeContext } from './notice-verb.ts';
import { optionalText, verbsOn } from './request-verb.ts';
import { retryDelivery } from './retry-delivery.ts';
import { sendTestNotice } from './send-test-notice.ts';

const tested = z.strictObject({ channel: optionalText });
const retried = z.strictObject({ delivery: z.int().min(1) });

const verb = verbsOn<NoticeContext>();

export const noticeVerbs = {
  test: verb(tested, sendTestNotice, true),
  retry: verb(retried, retryDelivery),
} as const;
