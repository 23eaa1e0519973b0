/** Markdown of people, hostile and plain: what comes out, read as a browser reads it, holds nothing that acts (reliability P12). */
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parseFragment } from 'parse5';
import { describe, expect, it, test } from 'vitest';
import { plainOf, safeHtml } from '#site/markdown.ts';

type Element = DefaultTreeAdapterTypes.Element;

/** Everything that may stand in the outcome: tag → attributes. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    'p h3 h4 h5 h6 ul ol li blockquote table thead tbody tr th td em strong s br hr code pre'.split(' ').map((tag) => [tag, []]),
  ),
  a: ['href', 'rel'],
};
const elementsOf = (node: DefaultTreeAdapterTypes.ParentNode): Element[] =>
  node.childNodes.flatMap((child) => (defaultTreeAdapter.isElementNode(child) ? [child, ...elementsOf(child)] : []));

/** What is wrong with it; empty: nothing. */
const faultsIn = (html: string): string[] => {
  const faults: string[] = [];
  const fragment = parseFragment(html, { onParseError: ({ code }) => void faults.push(code) });
  for (const { tagName, attrs } of elementsOf(fragment)) {
    const allowed = ALLOWED[tagName];
    if (!allowed) faults.push(`<${tagName}>`);
    for (const { name, value } of attrs) {
      if (!allowed?.includes(name)) faults.push(`${tagName} ${name}`);
      if (name === 'href' && !/^(https?:\/\/|mailto:)/i.test(value)) faults.push(value);
      if (name === 'rel' && value !== 'nofollow noopener') faults.push(value);
    }
  }
  return faults;
};

const TAGS = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img/src="x"/onerror="alert(1)">',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<object data="data:text/html,x"></object>',
  '<embed src="//evil.example/x.swf">',
  '<form action="//evil.example"><input name=q autofocus onfocus=alert(1)></form>',
  '<button formaction="javascript:alert(1)">x</button>',
  '<meta http-equiv="refresh" content="0;url=//evil.example">',
  '<base href="//evil.example/">',
  '<link rel="stylesheet" href="//evil.example/x.css">',
  '<style>body{display:none}</style>',
  '<p style="position:fixed;inset:0">x</p>',
  '<div onclick="alert(1)" id="main">x</div>',
  '<details open ontoggle=alert(1)>',
  '<video><source onerror="alert(1)"></video>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="https://ok.example" onmouseover="alert(1)">x</a>',
  '<template><script>alert(1)</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<!--><script>alert(1)</script-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?php echo 1 ?><script>alert(1)</script>',
  '<textarea><script>alert(1)</script></textarea>',
  '</p></main></body><script>alert(1)</script>',
];
/** A payload where a writer could put it. */
const PLACES: readonly ((payload: string) => string)[] = [
  (payload) => payload,
  (payload) => `Some words ${payload} and more.`,
  (payload) => `### ${payload}`,
  (payload) => `- ${payload}\n- second`,
  (payload) => `[${payload}](https://ok.example "${payload.replaceAll('"', "'")}")`,
];
const ADDRESSES = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\tscript:alert(1)',
  'java&#10;script:alert(1)',
  'javascript&colon;alert(1)',
  '&#106;avascript:alert(1)',
  '&#x6A;&#x61;vascript:alert(1)',
  'javascript%3Aalert(1)',
  '\\javascript:alert(1)',
  'vbscript:msgbox(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'data:image/svg+xml,<svg/onload=alert(1)>',
  'data:image/png;base64,AAAA',
  'file:///etc/passwd',
  'blob:https://ok.example/1',
  'about:blank',
  'view-source:https://ok.example',
  'ftp://ok.example/',
  'tel:+1234',
  '//evil.example/x',
  '/admin/reports',
  '#top',
  '../up',
  'https:evil.example',
  'http:///evil.example',
  'https://ok.example/"onmouseover="alert(1)',
  "https://ok.example/'><script>alert(1)</script>",
  'mailto:a@b.example?subject=<script>',
];
const LINKS: readonly ((address: string) => string)[] = [
  (address) => `[words](${address})`,
  (address) => `[words](<${address}>)`,
  (address) => `![picture](${address})`,
  (address) => `<${address}>`,
  (address) => `[words][r]\n\n[r]: ${address}`,
  (address) => `[![inner](${address})](https://ok.example)`,
];
const OTHERS = [
  '```<script>\nalert(1)\n```',
  '~~~ "onload=alert(1)\n</code></pre><script>alert(1)</script>\n~~~',
  '    <script>alert(1)</script>',
  '`<script>alert(1)</script>`',
  '| <b>x</b> | y |\n|:-:|--:|\n| <img src=x onerror=alert(1)> | `</td><script>` |',
  '> <script>alert(1)</script>',
  '1. <svg onload=alert(1)>',
  '999999999999. x',
  '[a](https://ok.example [b](javascript:alert(1)))',
  '[a [b](https://b.example) c](https://a.example)',
  '**bold <b onclick=alert(1)>** x',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '\\<script>alert(1)\\</script>',
  'x\n<script\n>alert(1)</script\n>',
  '{.class onclick=alert(1)} # heading {#id}',
];
const CORPUS = [
  ...TAGS.flatMap((tag) => PLACES.map((place) => place(tag))),
  ...ADDRESSES.flatMap((address) => LINKS.map((link) => link(address))),
  ...OTHERS,
];

describe('hostile Markdown', () => {
  test('the corpus holds at least 200 payloads', () => {
    expect(new Set(CORPUS).size).toBeGreaterThanOrEqual(200);
  });
  test('no payload leaves anything but the listed tags, and links to http, https and mailto', () => {
    const bad = CORPUS.map((payload) => ({ payload, faults: faultsIn(safeHtml(payload, 2)) })).filter(({ faults }) => faults.length > 0);
    expect(bad).toEqual([]);
  });
  test('the faults would be seen: the corpus as HTML is full of them', () => {
    expect(TAGS.filter((payload) => faultsIn(payload).length === 0)).toEqual([]);
  });
});

describe('Markdown', () => {
  it.each([
    ['two\nlines', '<p>two\nlines</p>'],
    ['# One\n\n### Three', '<h3>One</h3><h5>Three</h5>'],
    ['#### Four\n\n###### Six', '<h3>Four</h3><h5>Six</h5>'],
    ['- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
    ['3. a\n4. b', '<ol><li>a</li><li>b</li></ol>'],
    ['[ok](https://ok.example/?a=1&b=2)', '<p><a href="https://ok.example/?a=1&amp;b=2" rel="nofollow noopener">ok</a></p>'],
    ['[post](mailto:a@b.example)', '<p><a href="mailto:a@b.example" rel="nofollow noopener">post</a></p>'],
    ['[no](javascript:alert(1))', '<p>[no](javascript:alert(1))</p>'],
    ['[no](ftp://x.example)', '<p>no</p>'],
    ['![chart](https://ok.example/c.png)', '<p><a href="https://ok.example/c.png" rel="nofollow noopener">chart</a></p>'],
    ['![](https://ok.example/c.png)', '<p><a href="https://ok.example/c.png" rel="nofollow noopener">https://ok.example/c.png</a></p>'],
    ['[![inner](https://a.example/)](https://b.example/)', '<p><a href="https://b.example/" rel="nofollow noopener">inner</a></p>'],
    ['<b>x</b>', '<p>&lt;b&gt;x&lt;/b&gt;</p>'],
    ['`<i>`', '<p><code>&lt;i&gt;</code></p>'],
    ['```js\na < b\n```', '<pre><code>a &lt; b\n</code></pre>'],
  ])('%j becomes %s', (markdown, html) => {
    expect(safeHtml(markdown, 2)).toBe(html);
  });
  it('never goes below the sixth level of headings', () => {
    expect(safeHtml('# a\n\n###### f', 5)).toBe('<h6>a</h6><h6>f</h6>');
  });
  it('becomes plain text, a line for each paragraph and item', () => {
    expect(plainOf('## Added\n\n- **Search** by [number](https://a.example)\n- `CSV` ![chart](https://b.example/c.png)\n\nBye\nnow.')).toBe(
      'Added\n- Search by number\n- CSV chart\nBye now.',
    );
  });
});
