// The house's directions: apps → features → foundations, and no cycles. A feature reaches another
// only where FEATURE_PAIRS names the two, and always through the front door.
const FOUNDATIONS =
  'kernel|config|secrets|telemetry|db|embedded-postgres|local|policy|ledger|commands|access|identity|upstream|queue|http|boot';
const FEATURES =
  'alarms|agents|people|roles|issuers|delegations|provisioning|signals|tokens|stops|unregistered|access-requests|catalog|policies|tool-calls|audit|overview';

const FEATURE_PAIRS = [
  ['policies', 'agents'],
  ['policies', 'catalog'],
  ['tool-calls', 'policies'],
  ['overview', 'tool-calls'],
  ['agents', 'alarms'],
  ['people', 'agents'],
  ['people', 'delegations'],
  ['roles', 'alarms'],
  ['roles', 'people'],
  ['issuers', 'alarms'],
  ['provisioning', 'agents'],
  ['provisioning', 'alarms'],
  ['provisioning', 'people'],
  ['provisioning', 'roles'],
  ['signals', 'alarms'],
  ['signals', 'agents'],
  ['signals', 'people'],
  ['stops', 'alarms'],
  ['unregistered', 'agents'],
  ['access-requests', 'policies'],
];

// From low to high; a foundation imports only from those before it.
const LADDER = [
  ['kernel'],
  ['config', 'telemetry', 'embedded-postgres', 'local', 'secrets'],
  ['db', 'policy', 'access', 'upstream'],
  ['ledger', 'queue'],
  ['boot'],
  ['commands', 'http'],
  ['identity'],
];

const ladderRules = LADDER.slice(0, -1).map((names, index) => ({
  name: `foundation-step-${index + 1}`,
  comment: 'A foundation imports only from lower ones.',
  severity: 'error',
  from: { path: `^libs/(${names.join('|')})/` },
  to: {
    path: `^libs/(${LADDER.slice(index + 1)
      .flat()
      .join('|')})/`,
  },
}));

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'foundations-know-no-feature',
      severity: 'error',
      from: { path: `^libs/(${FOUNDATIONS})/` },
      to: { path: `^libs/(${FEATURES})/|^apps/` },
    },
    {
      name: 'features-know-no-app',
      severity: 'error',
      from: { path: `^libs/(${FEATURES})/` },
      to: { path: '^apps/' },
    },
    {
      name: 'features-by-listed-pairs',
      comment: 'Add the pair to FEATURE_PAIRS if one feature truly needs the other.',
      severity: 'error',
      from: { path: `^libs/(${FEATURES})/`, pathNot: '\\.spec\\.ts$' },
      to: {
        path: `^libs/(${FEATURES})/`,
        pathNot: ['^libs/$1/', ...FEATURE_PAIRS.map(([, to]) => `^libs/${to}/src/index\\.ts$`)],
      },
    },
    ...[...new Set(FEATURES.split('|'))].map((feature) => ({
      name: `pairs-of-${feature}`,
      severity: 'error',
      from: { path: `^libs/${feature}/`, pathNot: '\\.spec\\.ts$' },
      to: {
        path: `^libs/(${FEATURES})/`,
        pathNot: [
          `^libs/${feature}/`,
          ...FEATURE_PAIRS.filter(([from]) => from === feature).map(([, to]) => `^libs/${to}/`),
        ],
      },
    })),
    {
      name: 'libs-through-the-front-door',
      severity: 'error',
      from: { path: '^(libs|apps)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/(?!index\\.ts$)', pathNot: '^$1/$2/' },
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
      comment: 'The make-believe company is never part of a production process.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '^apps/(standalone|sandbox)/' },
      to: { path: '^apps/sandbox/' },
    },
    {
      name: 'only-db-imports-prisma',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '^libs/db/' },
      to: { path: 'node_modules/(@prisma|prisma)/|^libs/db/src/generated/' },
    },
    {
      name: 'policy-and-kernel-are-pure',
      severity: 'error',
      from: { path: '^libs/(policy|kernel|access)/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: 'node_modules/(@nestjs|undici|pg|pino)/|^node:(fs|net|http|https|child_process)$',
      },
    },
    {
      name: 'nothing-starts-a-process',
      comment:
        'No field of any API can start a process (invariant G15): only the quick start has any.',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot: '^libs/embedded-postgres/|^apps/sandbox/|\\.(spec|fixture)\\.ts$|^apps/console/',
      },
      to: { path: '^(node:)?(child_process|cluster|worker_threads)$' },
    },
    {
      name: 'testing-is-for-specs',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '\\.(spec|fixture)\\.ts$|^libs/testing/' },
      to: { path: '^libs/testing/' },
    },
    ...ladderRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^apps/console/|^dist/|libs/db/src/generated/(?!client)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
