import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#libs/platform/config';
import { Database } from '#libs/platform/db';
import { LOGOUT_PROTOCOL, signInRedirectUri } from '#libs/trust/sign-in';
import { DomainError } from '#libs/platform/kernel';
import { z } from 'zod';
import type { IssuerDetailView, IssuerView } from './issuers.schemas.js';

const INCLUDE = {
  signInProvider: { omit: { sealedClientSecret: true } },
  _count: { select: { bindings: true } },
} as const;

const requiredClaimsSchema = z.record(z.string(), z.string());

/** Reads trusted issuers for screens. */
@Injectable()
export class IssuerQueries {
  constructor(
    private readonly db: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  /** Every issuer by name; a company has a handful. */
  async list(): Promise<{ items: IssuerView[]; total: number }> {
    const rows = await this.db.issuer.findMany({ include: INCLUDE, orderBy: { name: 'asc' } });
    return { items: rows.map(toView), total: rows.length };
  }

  /** One issuer; throws `not_found`. */
  async get(id: string): Promise<IssuerDetailView> {
    const row = await this.db.issuer.findUnique({ where: { id }, include: INCLUDE });
    if (row === null)
      throw new DomainError('not_found', 'This issuer was not found: check the id.');
    const { publicUrl } = this.config;
    return {
      ...toView(row),
      signInUris: {
        redirectUri: signInRedirectUri(publicUrl, id),
        backChannelLogoutUri: `${publicUrl}${LOGOUT_PROTOCOL.prefix}`,
      },
    };
  }
}

type Times = 'createdAt' | 'updatedAt' | 'retiredAt' | 'requiredClaims' | 'signIn' | 'bindingCount';

interface Row extends Omit<IssuerView, Times> {
  createdAt: Date;
  updatedAt: Date;
  retiredAt: Date | null;
  requiredClaims: unknown;
  signInProvider:
    (Omit<NonNullable<IssuerView['signIn']>, 'updatedAt'> & { updatedAt: Date }) | null;
  _count: { bindings: number };
}

const toView = ({ signInProvider, _count: count, ...row }: Row): IssuerView => ({
  ...row,
  requiredClaims: requiredClaimsSchema.parse(row.requiredClaims),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  retiredAt: row.retiredAt?.toISOString() ?? null,
  signIn: signInProvider && {
    ...signInProvider,
    updatedAt: signInProvider.updatedAt.toISOString(),
  },
  bindingCount: count.bindings,
});
