import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#libs/platform/db';

/** What a token was used for: the same id may be used once for each. */
export type TokenUse = 'client_assertion' | 'id_jag' | 'dpop' | 'logout' | 'sign_in';

type Db = Pick<Tx, 'usedTokenId'>;
interface Used {
  issuer: string;
  tokenId: string;
}

/** Uses a token up, on every replica; answers whether this is the first use. */
export const useToken = async (
  db: Db,
  purpose: TokenUse,
  { issuer, tokenId, expiresAt }: Used & { expiresAt: Date },
): Promise<boolean> => {
  const { count } = await db.usedTokenId.createMany({
    data: { purpose, issuer, tokenId: digestOfId(tokenId), expiresAt },
    skipDuplicates: true,
  });
  return count === 1;
};

/** Whether a token was used before. */
export const wasTokenUsed = async (
  db: Db,
  purpose: TokenUse,
  { issuer, tokenId }: Used,
): Promise<boolean> => {
  const key = { purpose, issuer, tokenId: digestOfId(tokenId) };
  const row = await db.usedTokenId.findUnique({ where: { purpose_issuer_tokenId: key } });
  return row !== null;
};

/** {@link useToken} as the grants have it. */
@Injectable()
export class UsedTokenIds {
  constructor(private readonly db: Database) {}

  /** Whether this is the first use; from then on it is none. */
  isFirstUse(purpose: TokenUse, token: Used & { expiresAt: Date }): Promise<boolean> {
    return useToken(this.db, purpose, token);
  }
}

/** How an id is stored: it is its maker's to choose, as long and as odd as they like; its digest is not. */
export const digestOfId = (tokenId: string): string =>
  createHash('sha256').update(tokenId).digest('hex');
