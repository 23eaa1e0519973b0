/** `/admin/notices`: channels and dead letters as ops see them, a test sent, a dead letter sent again, and what is refused said on the page. */
import { expect, test } from 'vitest';
import { enqueue } from '#db/queries/outbox.ts';
import { failed } from '#domain/notice/attempt.ts';
import { systemClock } from '#monitor/clock.ts';
import { openNoticeQueue } from '#monitor/core/notice-queue.ts';
import type { DeliveriesView } from '#monitor/views/deliveries.ts';
import { noticeRoutes } from '#site/server/console/notice-routes.ts';
import { startConsoleRig } from '../../../support/console-rig.ts';
import { config } from '../../../support/front-rig.ts';
import { opened } from '../../../support/telling-rig.ts';
import { silentLog } from '../../../support/temp-store.ts';
import { verbsOver } from '../../../support/verbs-over.ts';

test('ops see why a letter is dead, send a test and the letter again, and read what is refused', async () => {
  await using rig = await startConsoleRig((store, clock) => noticeRoutes(verbsOver(store, clock, config.policy)));
  const setting = () => ({ origin: 'https://status.example.com', zone: 'UTC' });
  const queue = openNoticeQueue({ store: rig.store, clock: systemClock, log: silentLog, setting, chance: () => 0.5 });
  const tell = async (why: string): Promise<void> => {
    await queue.plan(['mail:ops@example.com']);
    for (const one of await queue.claim('mail:ops@example.com', 8)) await queue.remember(one, failed(why, { permanent: true }));
  };
  const page = async (path = '/admin/notices', form?: Readonly<Record<string, string>>) => {
    const body = form && new URLSearchParams({ ...form, form_token: rig.people.as.ops.formToken() }).toString();
    const post = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: body ?? '' };
    const answer = await rig.askAs('ops', path, form && post);
    const [, json = 'null'] = /<pre>([\s\S]*?)<\/pre>/.exec(answer.body.toString()) ?? [];
    return {
      status: answer.status,
      to: answer.headers['location'],
      view: JSON.parse(json) as DeliveriesView & { form: { faults: unknown } },
    };
  };
  await queue.plan(['mail:ops@example.com']);
  await rig.store.write([enqueue(opened('checkout', 'Checkout is not answering'), systemClock.now())]);
  await tell('The mail server did not take it: 550 no such user');
  expect(await page('/admin/notices/test', { channel: '' })).toMatchObject({ status: 303, to: '/admin/notices?said=tested' });
  await tell('The mail server did not take it: 550 no such user');

  const { view } = await page();
  expect(view.channels).toMatchObject([{ name: 'mail:ops@example.com', waiting: 0, dead: 1 }]);
  expect(view.dead).toMatchObject([
    {
      type: 'incident.opened',
      title: expect.stringMatching(/^Checkout is not answering, since /),
      note: 'The mail server did not take it: 550 no such user',
    },
  ]);
  expect(view.tests).toMatchObject([{ type: 'ops.test', state: 'dead' }]);
  const delivery = String(view.dead[0]?.delivery);
  expect(await page('/admin/notices/retry', { delivery })).toMatchObject({ status: 303, to: '/admin/notices?said=retried' });
  expect((await page()).view.channels).toMatchObject([{ waiting: 1, dead: 0 }]);
  const refused = await page('/admin/notices/retry', { delivery });
  expect(refused.status).toBe(422);
  expect(JSON.stringify(refused.view.form)).toContain('waits and is sent by itself');
  expect((await page('/admin/notices/test', { channel: 'mail:nobody@example.com' })).status).toBe(422);
});
