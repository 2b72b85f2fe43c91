// The nine areas of libs, from low to high: an import goes to the same area or to a lower one, never up.
// Inside an area a library imports another only where PAIRS lists the two. Every import of a library
// goes to its index.ts. There are no cycles.
const AREAS = ['platform', 'engine', 'trust', 'registry', 'directory', 'governance', 'gateway'];

const PAIRS = {
  platform: [
    ['access', 'kernel'],
    ['db', 'kernel'],
    ['threads', 'kernel'],
    ['queue', 'db'],
    ['queue', 'kernel'],
    ['queue', 'telemetry'],
    ['boot', 'config'],
    ['boot', 'db'],
    ['boot', 'kernel'],
    ['boot', 'queue'],
    ['boot', 'telemetry'],
    // The names of the database roles.
    ['config', 'db'],
    ['http', 'access'],
    ['http', 'db'],
    ['http', 'kernel'],
    ['http', 'listen'],
    ['http', 'telemetry'],
  ],
  engine: [
    ['commands', 'actors'],
    ['commands', 'alert-records'],
    ['commands', 'ledger'],
    ['commands', 'record-signatures'],
    ['alerts', 'actors'],
    ['alerts', 'alert-records'],
    ['alerts', 'commands'],
    ['follow-ups', 'commands'],
  ],
  trust: [
    ['sign-in', 'token-endpoint'],
    ['sign-in', 'token-verification'],
    ['issuers', 'sign-in'],
    ['issuers', 'token-verification'],
    ['authorization-liveness', 'token-verification'],
    ['token-endpoint', 'authorization-liveness'],
    ['token-endpoint', 'token-verification'],
  ],
  registry: [['unregistered-agents', 'agents']],
  directory: [
    ['people', 'delegations'],
    ['roles', 'people'],
    ['provisioning', 'people'],
    ['provisioning', 'roles'],
    ['signals', 'people'],
  ],
  governance: [['access-requests', 'policies']],
  gateway: [['tool-calls', 'mcp-sessions']],
  oversight: [['overview', 'calls']],
};

const SPECS = '\\.(spec|fixture)\\.ts$|/fixtures/';

const upward = AREAS.slice(0, -1).map((area, index) => ({
  name: `${area}-imports-nothing-above-it`,
  comment: 'platform ← engine ← trust ← registry ← directory ← governance ← gateway',
  severity: 'error',
  from: { path: `^libs/${area}/` },
  to: { path: `^libs/(${AREAS.slice(index + 1).join('|')}|oversight)/|^apps/` },
}));

const pairRules = Object.entries(PAIRS).flatMap(([area, listed]) => [
  {
    name: `${area}-by-listed-pairs`,
    comment: 'Add the pair to PAIRS if the first library truly needs the second.',
    severity: 'error',
    from: {
      path: `^libs/${area}/([^/]+)/`,
      pathNot: [SPECS, ...listed.map(([from]) => `^libs/${area}/${from}/`)],
    },
    to: { path: `^libs/${area}/`, pathNot: `^libs/${area}/$1/` },
  },
  ...[...new Set(listed.map(([from]) => from))].map((library) => ({
    name: `${area}-by-listed-pairs`,
    severity: 'error',
    from: { path: `^libs/${area}/${library}/`, pathNot: SPECS },
    to: {
      path: `^libs/${area}/`,
      pathNot: listed
        .filter(([from]) => from === library)
        .map(([, to]) => `^libs/${area}/${to}/`)
        .concat(`^libs/${area}/${library}/`),
    },
  })),
]);

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...upward,
    {
      name: 'only-apps-import-the-gateway',
      severity: 'error',
      from: { path: '^libs/oversight/' },
      to: { path: '^libs/gateway/|^apps/' },
    },
    {
      name: 'gateway-knows-no-app',
      severity: 'error',
      from: { path: '^libs/gateway/' },
      to: { path: '^libs/oversight/|^apps/' },
    },
    ...pairRules,
    {
      name: 'dev-imports-the-platform-alone',
      severity: 'error',
      from: { path: '^libs/dev/' },
      to: { path: '^libs/(?!dev/|platform/)|^apps/' },
    },
    {
      name: 'dev-never-in-production',
      comment: 'Tests, standalone and the command line alone may import what is for development.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: [SPECS, '^libs/dev/|^apps/(standalone|cli)/'] },
      to: { path: '^libs/dev/' },
    },
    {
      name: 'testing-is-for-specs',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: [SPECS, '^libs/dev/testing/'] },
      to: { path: '^libs/dev/(testing|property-runs)/' },
    },
    {
      name: 'libs-through-their-index',
      comment: 'A library is what its index.ts exports.',
      severity: 'error',
      from: { path: '^(libs/[^/]+|apps)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/([^/]+)/(?!index\\.ts$)', pathNot: '^$1/$2/' },
    },
    {
      name: 'apps-do-not-import-apps',
      comment: 'Only apps/standalone composes other apps.',
      severity: 'error',
      from: { path: '^apps/(?!standalone)([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'sandbox-only-in-standalone',
      comment: 'The demo organisation is never part of a production process.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '^apps/(standalone|sandbox)/' },
      to: { path: '^apps/sandbox/' },
    },
    {
      name: 'only-db-imports-prisma',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '^libs/platform/db/' },
      to: { path: 'node_modules/(@prisma|prisma)/|^libs/platform/db/generated/' },
    },
    {
      name: 'policy-and-kernel-are-pure',
      severity: 'error',
      from: {
        path: '^libs/(engine/policy|platform/kernel|platform/access)/',
        pathNot: '\\.spec\\.ts$',
      },
      to: {
        path: 'node_modules/(@nestjs|undici|pg|pino)/|^node:(fs|net|http|https|child_process)$',
      },
    },
    {
      name: 'nothing-starts-a-process',
      comment:
        'No field of any API can start a process (invariant G15): only the quick start has any. The one exception is the pool of threads, each of which runs one file of ours (invariant P13).',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot:
          '^libs/dev/embedded-postgres/|^apps/sandbox/|^libs/platform/threads/|\\.(spec|fixture)\\.ts$|^apps/console/',
      },
      to: { path: '^(node:)?(child_process|cluster|worker_threads)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^apps/console/|^dist/|libs/platform/db/generated/(?!client)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
