/** Texts that ops keep to begin posts with: by name, never written over unseen, each change in the audit. */
import { describe, expect, test } from 'vitest';
import { readIncidentTemplates } from '#db/queries/incident-templates.ts';
import { MOST_TEMPLATES } from '#domain/incident/incident-template.ts';
import { removeIncidentTemplate } from '#monitor/actions/remove-incident-template.ts';
import { saveIncidentTemplate, type TemplateRequest } from '#monitor/actions/save-incident-template.ts';
import { accepted } from '../../support/accepted.ts';
import { type Desk, openDesk, refused } from '../../support/maintenance-desk.ts';

const CARDS: TemplateRequest = {
  name: 'Card payments',
  title: 'Cards are refused',
  texts: { investigating: 'Cards are refused since <time>.', resolved: 'Cards are taken again.' },
  author: 'Ann',
};
const save = (desk: Desk, more: Partial<TemplateRequest> = {}) => saveIncidentTemplate(desk.ctx, { ...CARDS, ...more });
const open = () => openDesk('2026-11-27T14:00Z');

describe('a template', () => {
  test('is kept by its name, changed by it, and removed; the audit has what it said', async () => {
    await using desk = await open();
    expect(accepted(await save(desk, { basedOn: 0 })).template).toMatchObject({ ...CARDS, version: 1 });
    accepted(
      await save(desk, { name: 'card  PAYMENTS', texts: { monitoring: 'We watch it.', identified: ' ' }, title: null, author: 'Ben' }),
    );
    expect(await readIncidentTemplates(desk.store)).toMatchObject([
      { name: 'card  PAYMENTS', title: null, texts: { monitoring: 'We watch it.' }, author: 'Ben', version: 2 },
    ]);
    accepted(await removeIncidentTemplate(desk.ctx, { name: 'Card payments', author: 'Ann' }));
    expect(await readIncidentTemplates(desk.store)).toEqual([]);
    const { rows } = await desk.store.read({ sql: 'SELECT verb, before_json, after_json FROM audit ORDER BY seq' });
    const version = (json: unknown) => (json === null ? null : JSON.parse(String(json)).version);
    expect(rows.map(([verb, before, after]) => [verb, version(before), version(after)])).toEqual([
      ['incident.template.save', null, 1],
      ['incident.template.save', 1, 2],
      ['incident.template.remove', 2, null],
    ]);
  });

  test.each<readonly [string, string, Partial<TemplateRequest>]>([
    ['without a name', 'bad_text', { name: ' ' }],
    ['with a name that no button holds', 'bad_text', { name: 'x'.repeat(61) }],
    ['with two lines as its name', 'bad_text', { name: 'a\nb' }],
    ['without words', 'bad_text', { texts: { investigating: ' ' } }],
    ['with too many words', 'bad_text', { texts: { resolved: 'x'.repeat(10_001) } }],
    ['with a title of two lines', 'bad_text', { title: 'a\nb' }],
    ['that was removed meanwhile', 'unknown_template', { basedOn: 3 }],
  ])('%s is refused: %s', async (_what, code, more) => {
    await using desk = await open();
    const refusal = refused(await save(desk, more));
    expect([refusal.code, refusal.message]).toEqual([code, expect.stringMatching(/\.$/)]);
    expect(await readIncidentTemplates(desk.store)).toEqual([]);
  });

  test('is not written over, and not removed, unseen', async () => {
    await using desk = await open();
    accepted(await save(desk));
    for (const basedOn of [0, 2]) expect(refused(await save(desk, { basedOn })).code).toBe('template_changed');
    expect(refused(await removeIncidentTemplate(desk.ctx, { name: CARDS.name, basedOn: 2, author: 'Ben' })).code).toBe('template_changed');
    accepted(await save(desk, { basedOn: 1 }));
  });

  test('is one of a hundred at most', async () => {
    await using desk = await open();
    for (let i = 0; i < MOST_TEMPLATES; i++) accepted(await save(desk, { name: `Text ${i}` }));
    expect(refused(await save(desk)).code).toBe('too_many_templates');
    accepted(await save(desk, { name: 'Text 7' }));
  });
});
