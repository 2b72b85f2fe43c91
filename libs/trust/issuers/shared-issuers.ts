import { isUuid, type Problem } from '#libs/platform/kernel';
import type { IssuerSettings } from './issuer-settings.js';

const ENTRA_HOST =
  /^(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net)$/;
const ENTRA_PATH = /^\/([^/]+)(\/v2\.0|\/)?$/;

/** Issuers that serve everybody: without one of these claims pinned, anybody's tokens would be accepted. */
const SHARED: readonly { host: RegExp; claims: readonly string[] }[] = [
  {
    host: /^token\.actions\.githubusercontent\.com$/,
    claims: ['repository_owner_id', 'repository_id', 'enterprise_id'],
  },
  { host: /^accounts\.google\.com$/, claims: ['hd'] },
  { host: /^gitlab\.com$/, claims: ['namespace_id', 'project_id'] },
];

/** Why an issuer that serves many organisations would let others in. */
export const sharedIssuerProblem = ({
  url,
  profile,
  requiredClaims,
}: Pick<IssuerSettings, 'url' | 'profile' | 'requiredClaims'>): Problem[] => {
  const { hostname } = new URL(url);
  if (profile === 'entra' || ENTRA_HOST.test(hostname)) return entraProblems(url, requiredClaims);
  const shared = SHARED.find(({ host }) => host.test(hostname));
  if (shared === undefined || shared.claims.some((claim) => Object.hasOwn(requiredClaims, claim)))
    return [];
  const names = shared.claims.join(' or ');
  return [
    {
      path: 'requiredClaims',
      message: `this issuer serves everybody: pin ${names} to your own organisation`,
    },
  ];
};

const entraProblems = (url: string, claims: Readonly<Record<string, string>>): Problem[] => {
  const { hostname, pathname } = new URL(url);
  const named = ENTRA_PATH.exec(pathname)?.[1];
  const tenant = named !== undefined && isUuid(named) ? named : undefined;
  if (ENTRA_HOST.test(hostname) && tenant === undefined)
    return [
      {
        path: 'url',
        message:
          'name your own tenant by its id: "common", "organizations" and "consumers" are everybody',
      },
    ];
  const tid = claims['tid'];
  if (tid === undefined)
    return [{ path: 'requiredClaims', message: 'pin your tenant: require tid with its id' }];
  if (tenant !== undefined && tid !== tenant)
    return [{ path: 'requiredClaims', message: 'tid must be the tenant that the address names' }];
  return [];
};
