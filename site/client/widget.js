/*
 * <avow-status>: the state of the service inside the vendor's own application. Text only (textContent, never markup), shadow DOM, no
 * cookies, nothing but the status page is asked. What cannot be fetched or is older than 15 minutes is "status unavailable", never green.
 * AVOW (the address it came from, locales, and words for when nothing can be fetched) is put before it by site/server/widget-documents.ts.
 */
/** In an application that shows what others wrote, an element may be named "currentScript" and stand before the real one. */
const script = document.currentScript instanceof HTMLScriptElement && document.currentScript.src;
const home = script ? new URL(script).origin : AVOW.origin;
const EVERY_MS = 60_000;
const SLOWEST_MS = 900_000;
const STALE_MS = 900_000;

/** Each state its own shape, as on the page. */
const SHAPES = {
  operational: 'M6 0a6 6 0 1 0 0 12a6 6 0 1 0 0-12z',
  degraded: 'M6 0a6 6 0 0 0 0 12zM6 .5a5.5 5.5 0 0 1 0 11v-1a4.5 4.5 0 0 0 0-9z',
  major_outage:
    'M1.5 0h9A1.5 1.5 0 0 1 12 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 0 10.5v-9A1.5 1.5 0 0 1 1.5 0zM3.4 2.3 2.3 3.4 4.9 6 2.3 8.6l1.1 1.1L6 7.1l2.6 2.6 1.1-1.1L7.1 6l2.6-2.6-1.1-1.1L6 4.9z',
  maintenance: 'M6 0l6 6-6 6-6-6zM6 2.1 2.1 6 6 9.9 9.9 6z',
  unknown: 'M2.5 4a3.5 3.5 0 1 1 5.4 2.9c-.8.5-1.1.9-1.1 1.8H5.2c0-1.6.7-2.4 1.7-3.1A1.9 1.9 0 1 0 4.1 4zM5.1 9.9h1.8v1.8H5.1z',
};
const STYLE = `
:host{display:block;color-scheme:light dark;font:1rem/1.5 ui-sans-serif,system-ui,sans-serif;font-variant-numeric:tabular-nums;
--up:light-dark(oklch(64% .13 155),oklch(74% .13 155));--degraded:light-dark(oklch(65% .15 68),oklch(84% .14 80));
--down:light-dark(oklch(50% .2 25),oklch(59% .21 25));--maintenance:light-dark(oklch(52% .15 262),oklch(70% .13 262));
--unknown:light-dark(oklch(58% .01 265),oklch(62% .012 265));--soft:light-dark(oklch(41% .015 265),oklch(77% .012 265));
--line:light-dark(oklch(89% .006 265),oklch(31% .014 265));--link:light-dark(oklch(42% .11 262),oklch(80% .09 262))}
:host([hidden]){display:none}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
.panel,button{background:Canvas;color:CanvasText;background:light-dark(oklch(99.2% .003 95),oklch(18% .012 265));color:light-dark(oklch(21% .015 265),oklch(93% .006 265));
border:1px solid var(--line);border-radius:6px;font:inherit}
.panel{padding:1rem;max-inline-size:32rem;overflow-wrap:anywhere}
.floating{position:fixed;z-index:2147483000;display:flex;flex-direction:column;gap:.5rem;max-inline-size:calc(100vw - 2rem)}
.bottom{inset-block-end:1rem;flex-direction:column-reverse}
.top{inset-block-start:1rem}
.left{left:1rem;align-items:start}
.right{right:1rem;align-items:end}
.floating .panel{box-sizing:border-box;inline-size:22rem;max-inline-size:100%;max-block-size:calc(100vh - 6rem);overflow:auto}
button{display:flex;gap:.5rem;align-items:center;padding:.5rem .75rem;cursor:pointer}
button:hover{border-color:currentColor}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
[hidden]{display:none!important}
.head{display:flex;gap:.5rem;font-weight:600}
.head svg{margin-block-start:.4em}
svg{inline-size:.75rem;block-size:.75rem;flex:none;fill:currentColor}
.operational{color:var(--up)}.degraded,.partial_outage{color:var(--degraded)}.major_outage{color:var(--down)}.maintenance{color:var(--maintenance)}.unknown{color:var(--unknown)}
p,ul,dl,dd{margin:0;padding:0}
.title{font-weight:600}
section,.foot{margin-block-start:.75rem;padding-block-start:.75rem;border-block-start:1px solid var(--line);font-size:.85rem}
ul{list-style:none}
dl{display:grid;grid-template-columns:auto 1fr;gap:0 .75rem}
dt,.soft{color:var(--soft)}
a{color:var(--link);text-underline-offset:.2em}
.unseen{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
`;
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);

const textOf = (value) => (typeof value === 'string' ? value.slice(0, 400) : '');
const listOf = (value, most) => (Array.isArray(value) ? value.filter((one) => one && typeof one === 'object').slice(0, most) : []);
const make = (name, content, className) => {
  const element = document.createElement(name);
  if (content) element.textContent = content;
  if (className) element.className = className;
  return element;
};
/** A link where its address is of a harmless kind, else its text alone. `own`: the origin that may also be plain http. */
const linkOf = (content, address, own) => {
  const text = textOf(content);
  if (!URL.canParse(address)) return make('bdi', text);
  const { protocol, origin, href } = new URL(address);
  if (!['https:', 'mailto:', 'tel:'].includes(protocol) && origin !== own) return make('bdi', text);
  const link = make('a', text);
  link.dir = 'auto';
  link.href = href;
  if (origin !== 'null') {
    link.target = '_blank';
    link.rel = 'noopener';
  }
  return link;
};
const markOf = (state) => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 12 12');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', state);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', SHAPES[state === 'partial_outage' ? 'degraded' : state]);
  path.setAttribute('fill-rule', 'evenodd');
  svg.append(path);
  return svg;
};
/** The window on the reader's own clock; nothing where that is the clock of the window. */
const yoursOf = ({ start, end, zone }, lang, sentence) => {
  const wall = new Intl.DateTimeFormat(AVOW.locales[lang] ?? lang, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  if (wall.resolvedOptions().timeZone === zone) return '';
  return textOf(sentence).replace('{}', () => wall.formatRange(Date.parse(start), Date.parse(end)));
};
const sectionOf = (title, ...content) => {
  const section = make('section');
  section.append(make('p', title, 'title'), ...content);
  return section;
};
const itemsOf = (items, own) => {
  const list = make('ul');
  for (const { title, url } of items) {
    const item = make('li');
    item.append(linkOf(title, url, own));
    list.append(item);
  }
  return list;
};

class AvowStatus extends HTMLElement {
  static observedAttributes = ['src', 'lang', 'position'];
  #root = this.attachShadow({ mode: 'open' });
  #timer = 0;
  #failures = 0;
  #said = null;
  #asked = 0;
  #head = make('p', '', 'head');
  #rest = make('div');
  #panel = make('div', '', 'panel');
  #button = make('button');
  #live = make('p', '', 'unseen');
  /** The last good document: whom to call is still true when the state is not. */
  #last = null;
  #shown = 0;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
    this.#button.type = 'button';
    this.#panel.id = 'panel';
    this.#button.setAttribute('aria-controls', 'panel');
    this.#live.setAttribute('role', 'status');
    this.#live.setAttribute('aria-live', 'polite');
    this.#panel.append(this.#head, this.#rest);
    this.#button.addEventListener('click', () => this.#open(this.#panel.hidden));
    this.#root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.#isFloating || this.#panel.hidden) return;
      event.stopPropagation();
      this.#open(false);
      this.#button.focus();
    });
  }
  connectedCallback() {
    document.addEventListener('visibilitychange', this.#look);
    addEventListener('online', this.#look);
    this.#build();
    void this.#ask();
  }
  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.#look);
    removeEventListener('online', this.#look);
    clearTimeout(this.#timer);
    this.#asked++;
  }
  attributeChangedCallback(name, before, after) {
    if (!this.isConnected || before === after) return;
    this.#build();
    if (name !== 'position') {
      this.#last = this.#said = null;
      void this.#ask();
    }
  }
  get #origin() {
    const src = this.getAttribute('src');
    return src && URL.canParse(src, location.href) ? new URL(src, location.href).origin : home;
  }
  get #lang() {
    const wish = (this.lang || document.documentElement.lang).toLowerCase();
    return [wish, wish.split('-')[0]].find((lang) => Object.hasOwn(AVOW.words, lang)) ?? AVOW.first;
  }
  get #isFloating() {
    return /^(top|bottom)-(left|right)$/.test(this.getAttribute('position') ?? '');
  }
  #open(isOpen) {
    this.#panel.hidden = !isOpen;
    this.#button.setAttribute('aria-expanded', String(isOpen));
  }
  #build() {
    const box = make('div', '', this.#isFloating ? `floating ${this.getAttribute('position').replace('-', ' ')}` : '');
    const words = AVOW.words[this.#lang];
    box.lang = this.#lang;
    box.dir = words.dir;
    this.#panel.setAttribute('role', 'group');
    this.#panel.setAttribute('aria-label', words.label);
    if (this.#isFloating) box.append(this.#button);
    box.append(this.#panel, this.#live);
    this.#open(!this.#isFloating);
    // Nothing is claimed before the first answer, and no empty box stands there.
    if (!this.#said) box.hidden = true;
    this.#root.replaceChildren(box);
  }
  #look = () => {
    clearTimeout(this.#timer);
    if (document.hidden) return;
    // What was shown before a long absence is no longer known.
    if (this.#shown && Date.now() - this.#shown > STALE_MS) this.#sayUnavailable();
    void this.#ask();
  };
  async #ask() {
    clearTimeout(this.#timer);
    const turn = ++this.#asked;
    let facts = null;
    try {
      const answer = await fetch(`${this.#origin}/api/v1/widget?lang=${this.#lang}`, {
        cache: 'no-cache',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(10_000),
      });
      const read = answer.ok ? await answer.json() : null;
      if (Math.abs(Date.now() - Date.parse(read?.as_of)) <= STALE_MS) facts = read;
    } catch {
      // Offline, refused, or not what was expected: all the same to whoever reads it.
    }
    if (turn !== this.#asked || !this.isConnected) return;
    this.#failures = facts ? 0 : this.#failures + 1;
    try {
      if (facts) this.#say(facts);
      else this.#sayUnavailable();
    } catch {
      this.#sayUnavailable();
    }
    if (!document.hidden) this.#timer = setTimeout(() => void this.#ask(), Math.min(SLOWEST_MS, EVERY_MS * 2 ** this.#failures));
  }
  #say(facts) {
    const own = this.#origin;
    const state = Object.hasOwn(SHAPES, facts.state) || facts.state === 'partial_outage' ? facts.state : 'unknown';
    const words = facts.words ?? {};
    const parts = [];
    if (facts.note) parts.push(make('p', textOf(facts.note), 'soft'));
    const incidents = listOf(facts.incidents, 5);
    if (incidents.length > 0) parts.push(sectionOf(textOf(words.incidents), itemsOf(incidents, own)));
    if (facts.window && typeof facts.window === 'object') {
      const line = make('p', '', 'title');
      line.append(linkOf(facts.window.sentence, facts.window.url, own));
      const section = make('section');
      section.append(line, make('p', textOf(facts.window.local)));
      const yours = yoursOf(facts.window, this.#lang, words.yours);
      if (yours) section.append(make('p', yours));
      const changes = listOf(facts.changes, 8);
      if (changes.length > 0) section.append(make('p', textOf(words.changes), 'title'), itemsOf(changes, own));
      parts.push(section);
    }
    this.#last = facts;
    this.#shown = Date.parse(facts.as_of);
    this.#show(state, textOf(facts.state_word), textOf(facts.headline), parts);
  }
  #sayUnavailable() {
    const words = AVOW.words[this.#lang];
    this.#shown = 0;
    this.#show('unknown', words.unavailable, words.unavailable, [make('p', words.note, 'soft')]);
  }
  #show(state, word, headline, parts) {
    const own = this.#origin;
    const words = AVOW.words[this.#lang];
    const focused = this.#root.activeElement?.href;
    this.#head.replaceChildren(markOf(state), make('span', headline));
    const label = make('span', `${words.label}: `, 'unseen');
    this.#button.replaceChildren(markOf(state), label, make('span', word));
    const support = listOf(this.#last?.support, 8);
    if (support.length > 0) {
      const list = make('dl');
      for (const { word: kind, label: name, link } of support) {
        const value = make('dd');
        value.append(linkOf(name, link, own));
        list.append(make('dt', textOf(kind)), value);
      }
      parts.push(sectionOf(textOf(this.#last?.words?.support), list));
    }
    const foot = make('p', '', 'foot');
    foot.append(linkOf(words.page, this.#last?.page?.url ?? `${own}/`, own));
    this.#rest.replaceChildren(...parts, foot);
    if (focused) [...this.#rest.querySelectorAll('a')].find(({ href }) => href === focused)?.focus();
    // The first state is there to be read; only what changes afterwards is announced.
    if (this.#said !== null && this.#said !== headline) this.#live.textContent = headline;
    this.#said = headline;
    this.#root.firstChild.hidden = false;
  }
}
if (!customElements.get('avow-status')) customElements.define('avow-status', AvowStatus);
