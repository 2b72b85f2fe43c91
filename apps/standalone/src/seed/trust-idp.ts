import type { INestApplicationContext } from '@nestjs/common';
import type { Database } from '#libs/platform/db';
import { ChangeIssuer, TrustIssuer } from '#libs/trust/issuers';
import type { Actor } from '#libs/platform/kernel';
import type { DemoOrganisation } from '../../../sandbox/src/index.js';

const REASON = 'A newer version of the sandbox names every MCP address as an audience.';

/** Trusts the organisation's IdP, for every resource that the gateway's metadata names. */
export const trustIdp = async (
  commands: INestApplicationContext,
  db: Database,
  context: { organisation: DemoOrganisation; publicUrl: string; actor: Actor },
): Promise<string> => {
  const { organisation, publicUrl, actor } = context;
  // Strict audience compares each exactly.
  const audiences = ['', '/mcp', ...organisation.toolServers.map(({ slug }) => `/mcp/${slug}`)].map(
    (path) => `${publicUrl}${path}`,
  );
  const found = await db.issuer.findUnique({ where: { url: organisation.issuer } });
  if (found) {
    // A home of an older version trusts it for the origin alone; what somebody has decided since stays.
    const missing = audiences.some((audience) => !found.audiences.includes(audience));
    if (missing && found.retiredAt === null && (await isUntouched(db, found.id)))
      await commands.get(ChangeIssuer).execute(actor, { id: found.id, audiences, reason: REASON });
    return found.id;
  }
  const { id } = await commands.get(TrustIssuer).execute(actor, {
    url: organisation.issuer,
    name: "The sandbox's IdP",
    audiences,
    algorithms: ['ES256', 'RS256'],
    profile: 'rfc9068',
    clockToleranceSeconds: 5,
  });
  return id;
};

const isUntouched = async (db: Database, subjectId: string): Promise<boolean> =>
  (await db.ledgerEntry.count({
    where: { subjectKind: 'issuer', subjectId, type: ChangeIssuer.spec.name },
  })) === 0;
