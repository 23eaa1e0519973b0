/**
 * Which way imports point, on resolved paths (the rules in words: docs/rules.md). Blind to .astro files: biome.json watches those.
 * Rule numbers are those of the plan of the building; every rule has a planted breach in test/rules/import-rules.test.ts.
 */
const builtin = (names) => `^(node:)?(${names})$`;
const sockets = `${builtin('net|tls|dns|dns/promises|dgram|http|https|http2')}|^node_modules/undici/`;
const npm = (names) => `^node_modules/(@types/)?(${names})/`;
const browserSide = '^site/(pages|layouts|components|islands|client|i18n)/|^site/(format|markdown)[.]ts$';

/** `import type …` and `import('…')` in a type: gone when the program runs. */
const typesOnly = ['type-only', 'type-import'];

export default {
  forbidden: [
    {
      name: '1-domain-imports-itself',
      comment: 'monitor/domain is values in, values out: it imports only itself. Hand it what it needs.',
      severity: 'error',
      from: { path: '^monitor/domain/', pathNot: '^monitor/domain/time/zone[.]ts$' },
      to: { pathNot: '^monitor/domain/' },
    },
    {
      name: '1-zone-imports-luxon-only',
      comment: 'time/zone.ts may know luxon besides the domain, and nothing else.',
      severity: 'error',
      from: { path: '^monitor/domain/time/zone[.]ts$' },
      to: { pathNot: `^monitor/domain/|${npm('luxon')}` },
    },
    {
      name: '1-luxon-in-zone-only',
      comment: 'Zones and wall times are resolved in monitor/domain/time/zone.ts; ask it.',
      severity: 'error',
      from: { path: '^(monitor|db|site)/', pathNot: '^monitor/domain/time/zone[.]ts$' },
      to: { path: npm('luxon') },
    },
    {
      name: '2-db-imports-domain',
      comment: 'db knows the domain, drizzle and libSQL; of the clock only its type.',
      severity: 'error',
      from: { path: '^db/' },
      to: { path: '^(monitor|site)/', pathNot: '^monitor/domain/|^monitor/clock[.]ts$' },
    },
    {
      name: '2-libsql-in-two-files',
      comment: 'One process, one connection: only db/client.ts and db/store-thread.ts know the driver.',
      severity: 'error',
      from: { path: '^(monitor|db|site)/', pathNot: '^db/(client|store-thread)[.]ts$' },
      to: { path: '^node_modules/(@libsql/|libsql/)', dependencyTypesNot: typesOnly },
    },
    {
      name: '2-libsql-types-in-db',
      comment: 'Outside db nobody sees the driver, not even its types: ask the Store.',
      severity: 'error',
      from: { path: '^(monitor|site)/' },
      to: { path: '^node_modules/(@libsql/|libsql/)' },
    },
    {
      name: '2-drizzle-in-db',
      comment: 'Statements are written in db/queries; verbs and views call them by name.',
      severity: 'error',
      from: { path: '^(monitor|site)/' },
      to: { path: '^node_modules/drizzle-orm/' },
    },
    {
      name: '3-sockets-in-egress',
      comment:
        'Only monitor/egress dials. The site may listen, probe/http.ts may drive undici over an egress socket, the command line may dial avow.sock.',
      severity: 'error',
      from: { path: '^(monitor|db|site)/', pathNot: '^monitor/egress/|^monitor/probe/http[^/]*[.]ts$|^site/server/|^monitor/cli/' },
      to: { path: sockets, dependencyTypesNot: typesOnly },
    },
    {
      name: '3-http-probe-drives-undici',
      comment: 'probe/http.ts may use undici over a socket egress hands it; it opens none itself.',
      severity: 'error',
      from: { path: '^monitor/probe/http[^/]*[.]ts$' },
      to: { path: builtin('net|tls|dns|dns/promises|dgram|http|https|http2'), dependencyTypesNot: typesOnly },
    },
    {
      name: '3-site-listens-only',
      comment: 'site/server listens with node:http; it never dials: no undici, no tls, no dns.',
      severity: 'error',
      from: { path: '^site/server/' },
      to: { path: `${builtin('tls|dns|dns/promises|dgram|https|http2')}|^node_modules/undici/`, dependencyTypesNot: typesOnly },
    },
    {
      name: '3-cli-dials-its-socket',
      comment:
        'The command line speaks HTTP to avow.sock, and remote.ts HTTPS to the address it is given; targets are probed through monitor/probe.',
      severity: 'error',
      from: { path: '^monitor/cli/', pathNot: '^monitor/cli/remote[.]ts$' },
      to: { path: `${builtin('tls|dns|dns/promises|dgram|https|http2')}|^node_modules/undici/`, dependencyTypesNot: typesOnly },
    },
    {
      name: '3-cli-asks-one-address',
      comment: 'remote.ts asks the address it was given by node:http and node:https; it opens no socket by itself.',
      severity: 'error',
      from: { path: '^monitor/cli/remote[.]ts$' },
      to: { path: `${builtin('net|tls|dns|dns/promises|dgram|http2')}|^node_modules/undici/`, dependencyTypesNot: typesOnly },
    },
    {
      name: '3-egress-imports-domain',
      comment: 'egress knows the domain and the clock.',
      severity: 'error',
      from: { path: '^monitor/egress/' },
      to: { path: '^(monitor|db|site)/', pathNot: '^monitor/(egress|domain)/|^monitor/clock[.]ts$' },
    },
    {
      name: '3-probe-imports-egress',
      comment: 'probe and notify know egress, the domain and the clock; never the store.',
      severity: 'error',
      from: { path: '^monitor/(probe|notify)/' },
      to: { path: '^(monitor|db|site)/', pathNot: '^monitor/(probe|notify|egress|domain)/|^monitor/clock[.]ts$' },
    },
    {
      name: '3-worker-never-db',
      comment: 'The worker receives plans and returns results by message; a remote one has no store.',
      severity: 'error',
      from: { path: '^monitor/worker/' },
      to: { path: '^(db|site)/|^monitor/(core|actions|views|notify|cli)/' },
    },
    {
      name: '4-verbs-and-views',
      comment: 'actions and views know the domain, the store and their context; never probes, messages, the site or who starts them.',
      severity: 'error',
      from: { path: '^monitor/(actions|views)/' },
      to: { path: '^site/|^monitor/(probe|egress|notify|worker|core|cli)/' },
    },
    {
      name: '5-messages-leave-through-the-outbox',
      comment:
        'Only notify sends, and it reads the outbox: nobody calls it but core/keep-telling.ts, which puts it together, its queue, and what tells of a store that is away.',
      severity: 'error',
      from: {
        path: '^(monitor|db|site)/',
        pathNot: '^monitor/notify/|^monitor/core/(keep-telling|ops-channels|notice-queue|tell-store-trouble|insist)[.]ts$',
      },
      to: { path: '^monitor/notify/' },
    },
    {
      name: '6-core-main-is-a-root',
      comment: 'core/main.ts is where Avow begins: only `avow start` imports it.',
      severity: 'error',
      from: { path: '^(monitor|db|site)/', pathNot: '^monitor/cli/commands/start[.]ts$' },
      to: { path: '^monitor/core/main[.]ts$' },
    },
    {
      name: '6-core-run-is-a-root',
      comment:
        'core/run.ts joins what runs, run-without-store.ts what is left without one: only core/main.ts, which has judged all before, imports them.',
      severity: 'error',
      from: { path: '^(monitor|db|site)/', pathNot: '^monitor/core/main[.]ts$' },
      to: { path: '^monitor/core/run(-without-store)?[.]ts$' },
    },
    {
      name: '6-entries-are-roots',
      comment: 'Thread and agent entries are started by path, never imported.',
      severity: 'error',
      from: { path: '^(monitor|db|site)/' },
      to: { path: '^monitor/worker/[^/]*entry[.]ts$|^db/store-thread[.]ts$', dependencyTypesNot: typesOnly },
    },
    {
      name: '6-site-server-is-a-root',
      comment: 'site/server serves the others: only core/main.ts, core/run.ts and core/listen.ts (and site/api, for types) import it.',
      severity: 'error',
      from: { path: '^(monitor|db|site)/', pathNot: '^site/server/|^monitor/core/(main|run|listen)[.]ts$' },
      to: { path: '^site/server/', dependencyTypesNot: typesOnly },
    },
    {
      name: '6-monitor-and-db-never-site',
      comment:
        'The monitor runs without the site: only what puts the process together (core/main.ts, run.ts, listen.ts, console-parts.ts) knows that there is one.',
      severity: 'error',
      from: { path: '^(monitor|db)/', pathNot: '^monitor/core/(main|run|listen|console-parts)[.]ts$' },
      to: { path: '^site/' },
    },
    {
      name: '6-demo-is-no-part-of-the-product',
      comment: 'The demo is put together by its command; nothing else of the product knows that there is one.',
      severity: 'error',
      from: { path: '^(monitor|db|site)/', pathNot: '^monitor/demo/|^monitor/cli/commands/demo[.]ts$' },
      to: { path: '^monitor/demo/' },
    },
    {
      name: '6-demo-uses-the-product',
      comment: 'The demo writes through verbs, queries and the recorder; it never dials, sends or serves by itself.',
      severity: 'error',
      from: { path: '^monitor/demo/' },
      to: { path: '^site/|^monitor/(probe|egress|notify|cli)/' },
    },
    {
      name: '7-pages-show',
      comment: 'Pages and components take view objects: they import view types, site/format.ts, words and each other.',
      severity: 'error',
      from: { path: browserSide, pathNot: '^site/(format[.]ts$|i18n/)' },
      to: { path: '^(monitor|db)/', dependencyTypesNot: typesOnly },
    },
    {
      name: '7-format-asks-the-domain',
      comment: 'site/format.ts may compute with the domain (civil dates), words may take its sentences; neither asks anything else.',
      severity: 'error',
      from: { path: '^site/(format[.]ts$|i18n/)' },
      to: { path: '^(monitor|db)/', pathNot: '^monitor/domain/', dependencyTypesNot: typesOnly },
    },
    {
      name: '7-pages-never-db-actions-clock',
      comment: 'Not even types of the store, the verbs or the clock reach a page.',
      severity: 'error',
      from: { path: browserSide },
      to: {
        path: '^db/|^monitor/(actions|core|probe|egress|worker|cli)/|^monitor/clock[.]ts$|^site/(server|api)/',
        pathNot: '^site/server/prepared[.]ts$',
      },
    },
    {
      name: '9-no-cycles',
      comment: 'A cycle has no bottom to start reading from: move what both need below both.',
      severity: 'error',
      from: { path: '^(monitor|db|site)/' },
      to: { circular: true },
    },
    {
      name: '10-product-never-imports-tests',
      comment: 'Tests import the product, never the other way.',
      severity: 'error',
      from: { path: '^(monitor|db|site)/' },
      to: { path: '^test/' },
    },
    {
      name: '10-product-needs-no-development-package',
      comment: 'What runs at a customer is a dependency, not a devDependency.',
      severity: 'error',
      from: { path: '^(monitor|db|site)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: typesOnly, pathNot: '^node_modules/@types/' },
    },
    {
      name: '10-every-package-is-named',
      comment: 'A package that is imported stands in package.json.',
      severity: 'error',
      from: { path: '^(monitor|db|site|test)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-optional'] },
    },
    {
      name: '10-every-import-resolves',
      comment: 'The import names a file or package that is not there.',
      severity: 'error',
      from: { path: '^(monitor|db|site|test)/' },
      to: { couldNotResolve: true, pathNot: '^astro:|^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '^(dist|[.]astro|test/.*/fixtures)/' },
    // A linked node_modules is still node_modules.
    preserveSymlinks: true,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
