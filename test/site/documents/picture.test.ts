import { describe, expect, test } from 'vitest';
import { buildPicture, expirePicture, type PictureView } from '#monitor/views/picture.ts';
import { legible, pictureSvg } from '#site/documents/picture.ts';
import { nobodysChrome } from '#site/server/nobody.ts';
import { pngOf } from '#site/server/picture-maker.ts';
import { pictureRoute } from '#site/server/picture-route.ts';
import { HOSTILE_TEXTS } from '../../support/hostile-texts.ts';
import { SCENE_TIME, statusScenes } from '../../support/scenes.ts';
import { type ReadElement, readXml } from '../../support/xml-tree.ts';

const chrome = { ...nobodysChrome(SCENE_TIME), pageName: 'Example', origin: 'https://status.example.com' };
const scene = async (name: string): Promise<PictureView> => {
  const view = await statusScenes[name]?.();
  if (!view) throw new Error(`there is no scene ${name}`);
  return buildPicture(view);
};
const textsIn = (element: ReadElement): string[] => [
  ...(element.name === 'text' ? [element.text] : []),
  ...element.children.flatMap(textsIn),
];
const said = (view: PictureView, more = {}): string[] => textsIn(readXml(pictureSvg(view, { ...chrome, ...more })));
/** Width and height as a PNG says them. */
const sizeOf = (png: Uint8Array): number[] => {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
};

describe('the picture for social networks', () => {
  test('says who, how things are and as of when', async () => {
    expect(said(await scene('healthy'))).toEqual([
      'Example',
      'All systems operational.',
      'Web shop',
      'Search',
      'Product images',
      'Accounts and sign-in',
      'As of 23 November 2026 at 14:20 (EST, UTC−5)',
      '90 days to today; 8 more components',
    ]);
  });

  test('shows first what is in trouble', async () => {
    const texts = said(await scene('outage'));
    expect(texts[1]).toBe('Checkout API is down.');
    expect(texts.slice(2, 5)).toEqual(['Checkout API', 'Search', 'Nightly export']);
  });

  test('with facts that are too old claims no state, and says how old they are', async () => {
    const old = said(expirePicture(await scene('healthy')), { staleSinceMs: SCENE_TIME - 3_600_000 });
    expect(`${old[1]} ${old[2]}`).toBe('The state is unknown: nothing was measured lately.');
    expect(old).toContain('As of 23 November 2026 at 13:20 (EST, UTC−5)');
  });

  test.each(Object.keys(statusScenes))('%s: the sentence has three lines at most, and none is wider than the picture', async (name) => {
    const root = readXml(pictureSvg(await scene(name), chrome));
    const sentence = root.children.filter(({ name: of, attributes }) => of === 'text' && attributes['x'] === '156');
    expect(sentence.length).toBeGreaterThan(0);
    expect(sentence.length).toBeLessThanOrEqual(3);
  });

  test.each(HOSTILE_TEXTS)('%j as a name leaves a picture that can be drawn', async (name) => {
    const view = await scene('outage');
    const named = { ...view, lines: view.lines.map((line) => ({ ...line, name })), overall: { ...view.overall, down: [name] } };
    expect(said(named, { pageName: name }).length).toBeGreaterThan(6);
  });

  test('a name that it has no letters for is told by the address', async () => {
    expect(legible('注文履歴', 'orders')).toBe('orders');
    expect(legible('Žluťoučký Привет γειά', 'x')).toBe('Žluťoučký Привет γειά');
    expect(legible('注文 API', 'x')).toBe('API');
    expect(said(await scene('healthy'), { pageName: '注文' })[0]).toBe('status.example.com');
  });

  test('is a PNG of the size that networks want, drawn once while nothing changes', async () => {
    const svg = pictureSvg(await scene('outage'), chrome);
    const [first, second] = await Promise.all([pngOf(svg), pngOf(svg)]);
    expect(sizeOf(first)).toEqual([1_200, 630]);
    expect(first.byteLength).toBeGreaterThan(5_000);
    expect(second).toBe(first);
  });

  test('what cannot be drawn is an error, and the next one is drawn all the same', async () => {
    await expect(pngOf('<svg')).rejects.toThrow('could not be drawn');
    expect(sizeOf(await pngOf(pictureSvg(await scene('empty'), chrome)))).toEqual([1_200, 630]);
  });

  test('while nothing is known there is an empty one', () => {
    expect(sizeOf(pictureRoute.blank(null, 0) as Uint8Array)).toEqual([1_200, 630]);
  });
});
