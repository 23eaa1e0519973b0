/** Any configuration file that the parser takes, as the values that its YAML would hold. */
import fc from 'fast-check';

const word = fc
  .stringMatching(/^[A-Za-zÄé0-9 _:#'"&*!?,.{}[\]%@`|>+-]{1,20}$/)
  .filter((text) => text.trim() !== '' && /[A-Za-z0-9]/.test(text));
const text = fc.oneof(word, fc.constantFrom('yes', '~', 'null', '12', '1e3', '0x1f', '- a', 'a: b', '# no', '10:30', '2026-01-01', "it's"));
/** What is sent over the wire may be anything: line ends of other systems, control characters, trailing blanks, half a surrogate pair not. */
const lines = fc.oneof(
  text,
  fc.constantFrom(
    'one\ntwo',
    ' leading',
    'tail \n',
    'a\n\nb',
    '\ttab',
    '${KEY}',
    '$${not}',
    'PING\r\n',
    '\n x',
    'a \n b',
    'x\n\n\n',
    '\u0085\u2028a',
  ),
  fc
    .string({
      unit: fc.constantFrom(
        'a',
        ' ',
        '\n',
        '\r',
        '\t',
        '#',
        ':',
        '-',
        '"',
        "'",
        '\\',
        '\u0000',
        '\u001b',
        '\u0085',
        '\u2028',
        '\ufeff',
        'é',
        '😀',
      ),
      minLength: 1,
      maxLength: 12,
    })
    .filter((one) => one.trim() !== ''),
);
const slug = fc.stringMatching(/^q[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
const option = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const host = fc.constantFrom('www.example.com', 'db.example.com', '192.0.2.7', '2001:db8::1', 'xn--bcher-kva.example');

const pattern = fc.constantFrom('^a.*b$', '\\d+', '[[:alpha:]]', ' a# b', '- a');
const textAssertion = fc
  .record({ contains: option(lines), lacks: option(lines), matches: option(pattern) })
  .filter((one) => Object.values(one).some((part) => part !== undefined));
const jsonScalar = fc.oneof(text, fc.boolean(), fc.constant(null), fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom(0.5, 1.25, 1e21));
const tls = fc.record({ verify: option(fc.boolean()), expires_in_days: option(fc.integer({ min: 0, max: 90 })) });

const url = fc.constantFrom(
  'https://www.example.com/',
  'http://192.0.2.1:8080/a?b=1',
  'https://a.example/?k=${KEY}',
  'https://a.example/p?key=WrittenOut&key=Twice&v=2&bare',
  'https://a.example/?&=&a=b=c',
);
const headers = fc.dictionary(
  fc.constantFrom('Accept', 'X-Api-Key', 'x-1', 'a.b', 'Cookie'),
  fc.constantFrom('text/html', 'Bearer ${TOKEN}', '5', 'yes', '', 'sid=${A}; key=written', '$${plain}', ' blank '),
);
const http = fc.record({
  url,
  method: option(fc.constantFrom('GET', 'HEAD', 'POST', 'PUT')),
  headers: option(headers),
  body: option(fc.oneof(lines, fc.constant(''))),
  redirects: option(fc.integer({ min: 0, max: 10 })),
  expect: option(
    fc.record({
      status: option(fc.constantFrom([200], ['200-204', 301], ['100-599'])),
      headers: option(
        fc.array(
          fc.record({ name: fc.constantFrom('etag', 'x-a'), equals: option(text), contains: option(text), matches: option(pattern) }),
          { maxLength: 2 },
        ),
      ),
      body: option(fc.array(textAssertion, { maxLength: 2 })),
      json: option(
        fc.array(
          fc
            .record({ path: fc.constantFrom('$.a', "$['b c'][0]"), equals: option(jsonScalar), matches: option(pattern) })
            .map(({ matches, ...one }) => (one.equals === undefined ? { ...one, matches } : one)),
          { maxLength: 2 },
        ),
      ),
    }),
  ),
  tls: option(tls),
});
const kinds = fc.oneof(
  http.map(({ body, ...one }) => ({ http: { ...one, ...(one.method === 'POST' || one.method === 'PUT' ? { body } : {}) } })),
  fc
    .record({
      host,
      port: fc.integer({ min: 1, max: 65_535 }).filter((port) => port !== 4_321),
      send: option(lines),
      expect: option(textAssertion),
    })
    .map((tcp) => ({ tcp })),
  fc
    .record({
      host,
      port: option(fc.constantFrom(443, 8_443)),
      server_name: option(fc.constantFrom('a.example')),
      verify: option(fc.boolean()),
      expires_in_days: option(fc.integer({ min: 0, max: 90 })),
    })
    .map((one) => ({ tls: one })),
  fc
    .record({
      name: fc.constantFrom('a.example', '_srv._tcp.a.example'),
      type: option(fc.constantFrom('A', 'MX', 'TXT')),
      expect: option(fc.array(text, { maxLength: 2 })),
      server: option(fc.constantFrom('192.0.2.53', '192.0.2.53:5353')),
    })
    .map((dns) => ({ dns })),
);
const rhythm = fc.record({
  interval: option(fc.constantFrom('30s', '60s', '5m', '90s', '1h')),
  timeout: option(fc.constantFrom('6s', '10s', '7500ms')),
  degraded: option(fc.constantFrom('1s', '250ms')),
  confirmations: option(fc.integer({ min: 1, max: 5 })),
  hold: option(fc.constantFrom('1h', '3h', '3600001ms')),
  quorum: option(fc.constant(1)),
});
const component = fc
  .tuple(
    fc.record({ description: option(text), critical: option(fc.boolean()), group: option(fc.constantFrom('One', 'Two', 'yes')) }),
    kinds,
    rhythm,
  )
  .map(([facts, kind, times]) => ({ ...facts, ...kind, ...times }));
const heartbeat = fc.record({
  interval: option(fc.constantFrom('1h', '1d')),
  heartbeat: fc.record({ grace: option(fc.constantFrom('0s', '1m', '30m')), digest: fc.boolean() }),
});

const bare = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** As a file may have it: JSON is YAML, and what may not stand in a file stands as an escape. */
export const fileText = (file: object): string =>
  JSON.stringify(file).replace(/[^\P{Cc}]|[\u2028\ufeff]/gu, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Plain values without undefined, as JSON is YAML. */
export const arbitraryFile = fc
  .record({
    ops: option(
      fc.record({
        webhook: option(
          fc.record({
            url: fc.constantFrom('https://hooks.example.com/avow', '${OPS_URL}'),
            secret: fc.constant('${OPS_SECRET}'),
            previous_secret: option(fc.constant('${OPS_SECRET_BEFORE}')),
          }),
        ),
        mail: option(
          fc.record({
            to: fc.uniqueArray(fc.constantFrom('ops@example.com', 'a.b+c@example.org', 'yes@example.net'), { minLength: 1, maxLength: 3 }),
            from: fc.constant('status@example.com'),
          }),
        ),
      }),
    ),
    page: option(
      fc.record({
        name: option(text),
        description: option(text),
        url: option(fc.constant('https://www.example.com/')),
        origin: option(fc.constant('https://status.example.com')),
        logo: option(fc.constantFrom('logo.svg', 'pictures/a b.svg')),
        logo_alt: option(text),
        accent: option(fc.constantFrom('#0a6ed1', '#FFFFFF')),
        footer: option(text),
        links: option(fc.array(fc.record({ label: text, link: fc.constant('mailto:a@example.com') }), { maxLength: 2 })),
      }),
    ),
    policy: option(
      fc.record({
        zone: option(fc.constantFrom('UTC', 'Europe/Oslo')),
        target: option(fc.constantFrom(99.5, 99.9999, 100)),
        notice: option(fc.constantFrom('48h', '0s', '90m')),
        notes_lead: option(fc.constantFrom('1d')),
        unknown: option(fc.constantFrom('down', 'up', 'exclude')),
        count_degraded: option(fc.boolean()),
        hold: option(fc.constantFrom('2h')),
        confirmations: option(fc.integer({ min: 1, max: 4 })),
        reserve: option(
          fc.record({
            weekday: option(fc.constantFrom('SUN')),
            start: option(fc.constantFrom('02:30')),
            duration: option(fc.constantFrom('90m', '5h')),
            zone: option(fc.constantFrom('Etc/GMT+5')),
          }),
        ),
      }),
    ),
    support: option(
      fc.array(
        fc.oneof(
          fc.record({ kind: fc.constant('email'), label: text, link: fc.constant('mailto:a@example.com') }),
          fc.record({ kind: fc.constant('telephone'), label: text, link: fc.constant('tel:+15555550100') }),
          fc.record({ kind: fc.constantFrom('chat', 'online'), label: text, link: fc.constant('https://help.example.com/') }),
        ),
        { maxLength: 3 },
      ),
    ),
    components: fc.array(component, { minLength: 1, maxLength: 6 }),
    beats: fc.array(heartbeat, { maxLength: 2 }),
    listed: fc.boolean(),
    locations: option(fc.uniqueArray(fc.constantFrom('Oslo', 'Two words', 'Örebro'), { minLength: 1, maxLength: 3 })),
    sentinels: option(fc.uniqueArray(fc.constantFrom('192.0.2.1:443', '[2001:db8::1]:53', 'a.example:80'), { maxLength: 3 })),
    allow: option(fc.uniqueArray(fc.constantFrom('10.0.0.0/8', 'fd00::/8', '192.168.1.7'), { maxLength: 3 })),
    lent: option(fc.uniqueArray(fc.constantFrom('API_TOKEN', 'KEY', 'Y', 'NO'), { maxLength: 3 })),
    evidence_days: option(fc.integer({ min: 30, max: 500 })),
    fee: option(
      fc.record({
        amount: fc.constantFrom('0', '5000', '12.5'),
        currency: fc.constantFrom('USD', 'EUR', 'BHD'),
        credits: fc.boolean(),
        claim: fc.boolean(),
        prorate: option(fc.boolean()),
        to: option(fc.constant('2027-01-31')),
        target: option(fc.constant(99.9)),
      }),
    ),
    slugs: fc.uniqueArray(slug, { minLength: 9, maxLength: 9 }),
    name: text,
  })
  .map(({ beats, listed, locations, allow, lent, fee, slugs, name, components, ...file }) => {
    const named = [
      ...components,
      ...beats.map(({ heartbeat: { digest, ...keys }, ...one }, i) => ({
        ...one,
        heartbeat: { ...keys, ...(digest ? { token_sha256: `${i}`.repeat(64) } : { token: `Zq3v8Kp1Lm6Rt0Xy5Bn2Cw7D${i}` }) },
      })),
    ].map((one, i) => ({ name: `${name} ${i}`, ...(i % 2 === 0 ? { slug: slugs[i] } : {}), ...one }));
    const groups = [...new Set(components.flatMap(({ group }) => group ?? []))].sort();
    const critical = named.map(({ slug: given }) => given).find((one) => one !== undefined);
    return bare({
      ...file,
      components: named,
      ...(listed && groups.length > 0 ? { groups: ['Empty', ...groups] } : {}),
      ...(locations
        ? { locations: locations.map((one, i) => ({ name: one, local: i === 0, ...(i === 1 ? { slug: 'second' } : {}) })) }
        : {}),
      ...(allow || lent ? { probes: { allow, secrets: lent } } : {}),
      ...(fee && critical
        ? {
            customers: [{ id: 'c', name }],
            credit_schedules: [{ id: 's', tiers: [{ below: 99, credit: 25 }], cap: 50, min_credit: '1.50' }],
            contracts: [
              {
                id: 'k',
                customer: 'c',
                currency: fee.currency,
                monthly_fee: fee.amount,
                from: '2026-01-15',
                to: fee.to,
                prorate: fee.prorate,
                target: fee.target,
                components: [critical],
                critical: [critical],
                ...(fee.credits ? { credits: 's' } : {}),
                ...(fee.claim ? { claim: { required: true } } : {}),
                amendments: [{ from: '2026-06', monthly_fee: '7', ...(fee.credits ? { credits: 'none' } : {}) }],
              },
            ],
          }
        : {}),
    });
  });
