import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#libs/platform/config';
import { CommandRuntime } from '#libs/engine/commands';
import { verifiedRecords } from '#libs/engine/record-signatures';
import { Database, type IssuerModel } from '#libs/platform/db';
import { SecretBox } from '#libs/platform/secrets';
import { z } from 'zod';
import {
  DEFAULT_TOKEN_AGE_SECONDS,
  isTokenProfile,
  signInSubjectClaim,
  SIGNATURE_ALGORITHMS,
} from '#libs/trust/token-verification';
import { signInSecretContext } from './sign-in-secret.js';
import { DEFAULT_PROVIDER, type SignInProvider } from './sign-in-provider.js';

const DEFAULT_TOLERANCE_SECONDS = 5;
const requiredClaimsSchema = z.record(z.string(), z.string());
const uuidSchema = z.uuid();

type Row = Awaited<ReturnType<typeof findRows>>[number];
type IssuerRow = Pick<
  Row['issuer'],
  | 'id'
  | 'updatedAt'
  | 'algorithms'
  | 'clockToleranceSeconds'
  | 'maxTokenAgeSeconds'
  | 'requiredClaims'
  | 'keysUrl'
  | 'profile'
>;

/** The IdPs at which people may sign in just now: the environment's, and those of trusted issuers. */
@Injectable()
export class SignInProviders {
  constructor(
    private readonly db: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'signIn' | 'publicUrl'>,
    private readonly secrets: SecretBox,
    private readonly runtime: CommandRuntime,
  ) {}

  /** All of them, the environment's first. */
  async list(): Promise<SignInProvider[]> {
    const [ofEnvironment, rows] = await Promise.all([this.#ofEnvironment(), this.#findRows({})]);
    return [...(ofEnvironment ?? []), ...rows.map((row) => this.#ofRow(row))];
  }

  /** One by its key; undefined when it is unknown, switched off or retired. */
  async find(key: string): Promise<SignInProvider | undefined> {
    if (key === DEFAULT_PROVIDER) return (await this.#ofEnvironment())?.[0];
    if (!uuidSchema.safeParse(key).success) return undefined;
    const [row] = await this.#findRows({ issuerId: key });
    return row === undefined ? undefined : this.#ofRow(row);
  }

  async #ofEnvironment(): Promise<[SignInProvider] | undefined> {
    const { signIn, publicUrl } = this.config;
    if (signIn === null) return undefined;
    const { issuer, clientId, clientSecret, link } = signIn;
    const row = await this.db.issuer.findUnique({ where: { url: issuer } });
    // It was retired so that none of its tokens is accepted; the environment must name another one.
    if (row !== null && row.retiredAt !== null) return undefined;
    if (row !== null && (await this.#authentic([row])).length === 0) return undefined;
    return [
      {
        key: DEFAULT_PROVIDER,
        label: row?.name ?? new URL(issuer).host,
        issuer,
        clientId,
        version: 'environment',
        redirectUri: `${publicUrl}/api/sign-in/callback`,
        ...checksOf(issuer, row),
        link,
        clientSecret: () => clientSecret,
      },
    ];
  }

  // Somebody who can write an issuer's row must not be able to sign in as anybody.
  #authentic(issuers: IssuerModel[]): Promise<IssuerModel[]> {
    return verifiedRecords(this.db, this.runtime.signer.keys, 'issuer', issuers);
  }

  async #findRows(where: { issuerId?: string }): Promise<Row[]> {
    const rows = await findRows(this.db, where);
    const issuers = await this.#authentic(rows.map(({ issuer }) => issuer));
    return rows.filter(({ issuer }) => issuers.includes(issuer));
  }

  #ofRow({ issuer, ...row }: Row): SignInProvider {
    const { linkClaim: claim, linkAttribute: attribute, sealedClientSecret } = row;
    return {
      key: issuer.id,
      label: row.label,
      issuer: issuer.url,
      clientId: row.clientId,
      version: `${row.updatedAt.toISOString()} ${sealedClientSecret}`,
      redirectUri: signInRedirectUri(this.config.publicUrl, issuer.id),
      ...checksOf(issuer.url, issuer),
      link: claim === null || attribute === null ? null : { claim, attribute },
      clientSecret: () => this.secrets.open(sealedClientSecret, signInSecretContext(issuer.id)),
    };
  }
}

/** What must be registered at the IdP as the address that sign-in returns to. */
export const signInRedirectUri = (publicUrl: string, issuerId: string): string =>
  `${publicUrl}/api/sign-in/callback/${issuerId}`;

const checksOf = (url: string, row: IssuerRow | null) => ({
  issuerId: row?.id ?? null,
  issuerUpdatedAt: row?.updatedAt ?? null,
  jwt: {
    url,
    algorithms: row?.algorithms ?? SIGNATURE_ALGORITHMS,
    clockToleranceSeconds: row?.clockToleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS,
    maxTokenAgeSeconds: row?.maxTokenAgeSeconds ?? DEFAULT_TOKEN_AGE_SECONDS,
    keysUrl: row?.keysUrl ?? null,
    requiredClaims: requiredClaimsSchema.parse(row?.requiredClaims ?? {}),
  },
  subjectClaim:
    row !== null && isTokenProfile(row.profile)
      ? signInSubjectClaim(row.profile)
      : ('sub' as const),
});

const findRows = (db: Database, where: { issuerId?: string }) =>
  db.signInProvider.findMany({
    where: { ...where, enabled: true, issuer: { retiredAt: null } },
    include: { issuer: true },
    orderBy: [{ label: 'asc' }, { issuerId: 'asc' }],
  });
