import { changeOf } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';

/** A connection that a command acts on. */
export interface LoadedConnection {
  id: string;
  name: string;
  issuerId: string | null;
}

export const changeOfConnection = changeOf('ScimConnection', ({ tx }, id) =>
  tx.scimConnection.findUnique({ where: { id }, select: { id: true, name: true, issuerId: true } }),
);

/** A token of a connection, locked: whatever commands use it have committed, or will find it changed. */
export const lockToken = async (tx: Tx, connectionId: string, tokenId: string) => {
  await tx.$queryRaw`SELECT 1 FROM scim_token WHERE id = ${tokenId}::uuid FOR UPDATE`;
  const token = await tx.scimToken.findUnique({
    where: { id: tokenId, connectionId },
    select: { id: true, scopes: true, activatedAt: true, expiresAt: true, revokedAt: true },
  });
  if (token !== null) return token;
  throw new DomainError('not_found', 'This connection has no such token: look at the list again.');
};

/** Rejects an issuer that is not trusted. */
export const assertIssuerExists = async (tx: Tx, issuerId: string | null): Promise<void> => {
  if (issuerId === null) return;
  if ((await tx.issuer.count({ where: { id: issuerId, retiredAt: null } })) > 0) return;
  throw new DomainError('invalid_input', 'The issuer is not a trusted one. Choose one of them.', {
    problems: [{ path: 'issuerId', message: 'there is no such trusted issuer' }],
  });
};

/** Rejects a name that another connection has. */
export const assertNameIsFree = async (tx: Tx, name: string, ownId: string): Promise<void> => {
  if ((await tx.scimConnection.count({ where: { name, id: { not: ownId } } })) === 0) return;
  throw new DomainError('conflict', `A connection is named ${name} already. Choose another name.`, {
    problems: [{ path: 'name', message: 'is taken' }],
  });
};
