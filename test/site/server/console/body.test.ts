import { expect, test } from 'vitest';
import { readForm } from '#site/server/console/body.ts';
import { MOST_BODY_BYTES } from '#site/server/listener.ts';

const sent = (body: string): Request =>
  new Request('http://console.example.com/admin/sign-in', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body,
  });

test('a form has each value of a field in the order in which it was sent', async () => {
  expect(await readForm(sent('customer=b&name=x&customer=a&customer=b'), MOST_BODY_BYTES)).toEqual(
    new Map([
      ['customer', ['b', 'a', 'b']],
      ['name', ['x']],
    ]),
  );
});

// Were each read at the cost of all before it, this would take minutes, and nobody would see a page meanwhile.
test('a body full of fields of one name, which anybody may send, is read at once', async () => {
  const form = await readForm(sent('a&'.repeat(MOST_BODY_BYTES / 2)), MOST_BODY_BYTES);
  expect(form instanceof Map && form.get('a')?.length).toBe(MOST_BODY_BYTES / 2);
});
