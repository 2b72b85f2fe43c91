import type { Database } from '#libs/platform/db';
import type { VerifiedToken } from '#libs/trust/token-verification';
import { unacceptable } from './exchange-error.js';

/**
 * The person a token is about: exactly the one whom (issuer, subject) is linked to (invariant I7), or whom
 * our own token names.
 */
export const personOf = async (token: VerifiedToken, db: Database): Promise<string> => {
  const { issuer, issuerId, subject, isClientItself } = token;
  if (isClientItself) throw nobody();
  if (issuerId === null) return ownPerson(token);
  const identity = await db.personIdentity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { personId: true },
  });
  if (identity === null) throw nobody();
  return identity.personId;
};

// A token of ours without an actor is an agent's.
const ownPerson = ({ actors, subject }: VerifiedToken): string => {
  if (actors.length === 0) throw nobody();
  return subject;
};

const nobody = () =>
  unacceptable('The subject token is about nobody whom this installation knows as a person.');
