import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/db';

/** What a token was used for: the same id may be used once for each. */
export type TokenUse = 'client_assertion' | 'id_jag' | 'dpop';

/** Tokens that count once, on every replica: whoever comes first has it. */
@Injectable()
export class UsedTokenIds {
  constructor(private readonly db: Database) {}

  /** Whether this is the first use; from then on it is none. */
  async isFirstUse(
    purpose: TokenUse,
    token: { issuer: string; tokenId: string; expiresAt: Date },
  ): Promise<boolean> {
    const { issuer, tokenId, expiresAt } = token;
    const { count } = await this.db.usedTokenId.createMany({
      // An id is its maker's to choose, as long and as odd as they like; its digest is not.
      data: { purpose, issuer, tokenId: digest(tokenId), expiresAt },
      skipDuplicates: true,
    });
    return count === 1;
  }
}

const digest = (tokenId: string): string => createHash('sha256').update(tokenId).digest('hex');
