import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/db';
import { DomainError, systemActor } from '#libs/platform/kernel';
import { LinkIdentity } from '../commands/link-identity.js';
import type { SignInClaims } from '../oidc-flow.js';
import type { SignInProvider } from '../providers/sign-in-provider.js';
import { linkCandidate } from './link-candidate.js';

/** Links somebody whom SCIM provisioned at their first sign-in, by the one claim that the issuer declares. */
@Injectable()
export class IdentityLinker {
  constructor(
    private readonly db: Database,
    private readonly linkIdentity: LinkIdentity,
  ) {}

  /** Links them if it can; (issuer, subject) tells afterwards. */
  async link(provider: SignInProvider, claims: SignInClaims): Promise<void> {
    const { issuerId, link } = provider;
    const { issuer, subject, linkValue: value } = claims;
    if (issuerId === null || link === null || value === null) return;
    const request = { issuerId, issuer, attribute: link.attribute, value };
    // Looked for first: an unknown attempt is counted and must not fill the ledger with rejections.
    if ((await linkCandidate(this.db, request)) === null) return;
    try {
      await this.linkIdentity.execute(systemActor('sign-in'), { ...request, subject });
    } catch (error) {
      // Another browser of theirs was faster, or somebody else has the value by now.
      if (error instanceof DomainError && /^(conflict|not_found)$/.test(error.code)) return;
      throw error;
    }
  }
}
