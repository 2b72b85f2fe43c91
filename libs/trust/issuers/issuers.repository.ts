import { changeOf, type CommandContext } from '#libs/engine/commands';
import { isTokenProfile } from '#libs/trust/token-verification';
import { DomainError } from '#libs/platform/kernel';
import { z } from 'zod';
import type { IssuerSettings } from './issuer-settings.js';

/** An issuer as commands need it. */
export interface LoadedIssuer extends IssuerSettings {
  id: string;
  name: string;
  retiredAt: Date | null;
  signalsByEmail: boolean;
  hasSignIn: boolean;
}

const requiredClaimsSchema = z.record(z.string(), z.string());

/** Loads an issuer and holds its row, so that two changes of one issuer follow each other. */
export const lockIssuer = async (
  { tx, signs }: Pick<CommandContext, 'tx' | 'signs'>,
  id: string,
): Promise<LoadedIssuer | null> => {
  await signs('issuer', [id]);
  const row = await tx.issuer.findUnique({
    where: { id },
    include: { signInProvider: { select: { issuerId: true } } },
  });
  if (row === null) return null;
  const { signInProvider, profile, requiredClaims, ...issuer } = row;
  if (!isTokenProfile(profile)) throw new Error(`the issuer ${id} has an unknown profile`);
  return {
    ...issuer,
    profile,
    requiredClaims: requiredClaimsSchema.parse(requiredClaims),
    hasSignIn: signInProvider !== null,
  };
};

/** Nothing of a retired issuer can be changed. @throws DomainError `conflict` */
export const assertTrusted = ({ retiredAt }: LoadedIssuer): void => {
  if (retiredAt === null) return;
  throw new DomainError('conflict', 'This issuer was retired: IT can restore it first.');
};

/** A change of one issuer: its row is held while it is made. */
export const changeOfIssuer = changeOf('Issuer', lockIssuer);
