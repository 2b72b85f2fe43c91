import type { Tx } from '#libs/platform/db';
import type { JsonObject } from '#libs/platform/kernel';
import { NOTHING, type VerifiedToken } from '#libs/trust/token-verification';
import { IDP, OWN, type TrustWorld } from './trust-world.js';

type Claimed = Partial<VerifiedToken>;

/** What an agent presents: its token, or its key, and what shows for whom it acts. */
export interface Presented {
  readonly token: VerifiedToken | 'a client assertion';
  /** A token beside its own, or the id of a delegation. */
  readonly subject?: VerifiedToken | string;
  /** A token of its own, which it exchanges for another one. */
  readonly exchanged?: VerifiedToken;
  /** When a client assertion was signed; with the tokens where it is left out. */
  readonly assertedAt?: Date;
}

/**
 * One case: what is presented while the facts are as they always are, but for this change, and the answer:
 * who acts for whom, or the exact reason of the rejection. `later` is the answer where everything was
 * presented before the change: for a call in progress, and a token request between its steps.
 */
export interface TrustCase {
  readonly what: string;
  readonly presented: (world: TrustWorld) => Presented;
  readonly change?: (tx: Tx, world: TrustWorld) => Promise<unknown>;
  readonly answer: string;
  /** As `answer` where it is left out. */
  readonly later?: string;
}

/** When the tokens were. */
export const ISSUED_AT = new Date('2020-03-01T12:00:00Z');
export const BEFORE = new Date(ISSUED_AT.getTime() - 1);
export const AFTER = new Date(ISSUED_AT.getTime() + 1);
/** When the cases are evaluated. */
export const NOW = new Date('2020-03-01T12:01:00Z');

const token = (claimed: Claimed, claims: JsonObject = {}): VerifiedToken => ({
  issuerId: null,
  issuer: IDP,
  subject: 'coder',
  clientId: 'some-client',
  isClientItself: false,
  tokenId: 'one',
  issuedAt: ISSUED_AT,
  expiresAt: new Date(NOW.getTime() + 60_000),
  claims,
  confirmationThumbprint: null,
  actors: [],
  keyId: null,
  bindingId: null,
  derivedFrom: NOTHING,
  ...claimed,
});

export const idpToken =
  (claimed: Claimed = {}, claims: JsonObject = {}) =>
  (world: TrustWorld): Presented => ({
    token: token({ issuerId: world.idpId, ...claimed }, claims),
  });

export const aboutAda = (claimed: Claimed = {}, claims: JsonObject = {}) =>
  idpToken({ subject: 'ada', clientId: 'desk-app', ...claimed }, claims);

export const ownToken =
  (
    claimed: (world: TrustWorld) => Claimed = () => ({}),
    claims?: (world: TrustWorld) => JsonObject,
  ) =>
  (world: TrustWorld): Presented => ({
    token: token(
      {
        issuer: OWN,
        subject: world.coderId,
        clientId: world.coderId,
        tokenId: 'ours',
        keyId: world.keyId,
        bindingId: world.keyBindingId,
        ...claimed(world),
      },
      claims?.(world),
    ),
  });

export const ownAboutAda = (
  claimed: (world: TrustWorld) => Claimed = () => ({}),
  claims?: (world: TrustWorld) => JsonObject,
) =>
  ownToken(
    (world) => ({ subject: world.adaId, actors: [world.coderId], ...claimed(world) }),
    claims,
  );

export const beside =
  (subject: (world: TrustWorld) => Presented | string) =>
  (world: TrustWorld): Presented => {
    const shown = subject(world);
    const { token: coders } = idpToken({ tokenId: "coder's" })(world);
    if (typeof shown === 'string') return { token: coders, subject: shown };
    if (typeof shown.token === 'string') throw new Error('a client assertion is about nobody');
    return { token: coders, subject: shown.token };
  };

/** Beside a client assertion, signed at this time. */
export const besideKey =
  (subject: (world: TrustWorld) => Presented, assertedAt = ISSUED_AT) =>
  (world: TrustWorld): Presented => {
    const { token: shown } = subject(world);
    if (typeof shown === 'string') throw new Error('a client assertion is about nobody');
    return { token: 'a client assertion', subject: shown, assertedAt };
  };

export const byKey = (): Presented => ({ token: 'a client assertion' });

/** By its key, to exchange what is presented for another token. */
export const exchanging = (ofItself: (world: TrustWorld) => Presented) => (world: TrustWorld) => {
  const { token: exchanged } = ofItself(world);
  if (typeof exchanged === 'string') throw new Error('a client assertion is not exchanged');
  return { ...byKey(), exchanged };
};

export const derived = (from: Partial<VerifiedToken['derivedFrom']>): Claimed => ({
  derivedFrom: { ...NOTHING, ...from },
});

export const changeAgent =
  (data: Parameters<Tx['agent']['update']>[0]['data'], who: 'coderId' | 'helperId' = 'coderId') =>
  (tx: Tx, world: TrustWorld) =>
    tx.agent.update({ where: { id: world[who] }, data });

export const changeAda =
  (data: Parameters<Tx['person']['update']>[0]['data']) => (tx: Tx, w: TrustWorld) =>
    tx.person.update({ where: { id: w.adaId }, data });

export const changeIdp =
  (data: Parameters<Tx['issuer']['update']>[0]['data']) => (tx: Tx, w: TrustWorld) =>
    tx.issuer.update({ where: { id: w.idpId }, data });

export const revoke = (issuer: string, tokenId: string) => (tx: Tx) =>
  tx.revokedToken.create({
    data: { issuer, tokenId, expiresAt: new Date('2099-01-01'), revokedAt: NOW },
  });

export const unbind =
  (which: Extract<keyof TrustWorld, `${string}BindingId`>) => (tx: Tx, world: TrustWorld) =>
    tx.binding.delete({ where: { id: world[which] } });

export const block = (subject: string, clientId: string) => (tx: Tx, world: TrustWorld) =>
  tx.unregisteredAgent.create({
    data: {
      id: world.unusedId,
      issuerId: world.idpId,
      subject,
      clientId,
      firstSeenAt: NOW,
      lastSeenAt: NOW,
      attempts: 1,
      lastSource: '::1',
      blockedAt: NOW,
    },
  });

export const retireIdp = changeIdp({ retiredAt: NOW });
export const withdrawKey = (tx: Tx, { keyId }: TrustWorld) =>
  tx.signingKey.delete({ where: { id: keyId } });
