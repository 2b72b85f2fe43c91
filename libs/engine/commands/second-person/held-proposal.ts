import { isDeepStrictEqual } from 'node:util';
import { holdActor, type RoleTimes } from '#libs/engine/actors';
import { notFound } from '#libs/platform/access';
import type { Tx } from '#libs/platform/db';
import { DomainError, type Actor } from '#libs/platform/kernel';
import type { CommandRuntime } from '../command-runtime.js';
import { hasConfirmer } from './has-confirmer.js';
import {
  lockProposedChange,
  openContent,
  type ProposedChange,
  type ProposedContent,
} from './proposed-changes.repository.js';
import { secretsOf, settled } from './propose.js';
import type { PairEffect } from './rights.js';
import { whyNotConfirm } from './why-not-confirm.js';

/** A proposed change that this person may confirm, with its author, both held. */
export interface HeldProposal {
  change: ProposedChange;
  content: ProposedContent;
  /** As they are now, with the roles that have cooled off alone. */
  proposer: Extract<Actor, { kind: 'person' }>;
}

/**
 * Loads a proposed change for one who confirms it, and holds it and its author.
 * @throws DomainError `not_found`, `forbidden`, or `conflict` when it cannot be done any more
 */
export const holdProposal = async (
  tx: Tx,
  runtime: CommandRuntime,
  { id, command, confirmer, now }: { id: string; command: string; confirmer: Actor; now: Date },
): Promise<HeldProposal> => {
  const times = { now, coolingOffHours: runtime.coolingOffHours };
  // People before what they proposed, as what ends somebody's access holds them.
  const authorId = await authorOf(tx, id);
  const proposer = authorId === null ? null : await heldProposer(tx, authorId, times);
  const change = await lockProposedChange(tx, id);
  if (change?.command !== command) throw notFound();
  const why = whyNotConfirm(confirmer, change, now);
  if (why !== null) throw new DomainError(change.state === 'open' ? 'forbidden' : 'conflict', why);
  if (confirmer.id === change.proposedById) await assertAlone(tx, change, times);
  if (proposer === null)
    throw overtaken('The person who proposed this change is not active any more.');
  return { change, content: openContent(secretsOf(runtime), change), proposer };
};

const authorOf = async (tx: Tx, id: string): Promise<string | null> => {
  const change = await tx.proposedChange.findUnique({
    where: { id },
    select: { proposedById: true },
  });
  return change?.proposedById ?? null;
};

const assertAlone = async (tx: Tx, change: ProposedChange, times: RoleTimes): Promise<void> => {
  if (!(await hasConfirmer(tx, change.proposedById, change, times))) return;
  throw new DomainError(
    'forbidden',
    'You proposed this change: by now there is somebody else who can confirm it. Where it is about how they sign in, withdraw it and propose it anew.',
  );
};

/** Null when they are not active any more. */
const heldProposer = async (
  tx: Tx,
  id: string,
  times: RoleTimes,
): Promise<HeldProposal['proposer'] | null> => {
  const claimed = { kind: 'person', id, name: '', roles: [], teamIds: [] } as const;
  try {
    const { actor } = await holdActor(tx, claimed, times);
    return actor.kind === 'person' ? settled(actor) : null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return null;
  }
};

/** What agents may call may differ by now from what the second person was shown. */
export const assertAsShown = (now: PairEffect | null, shown: PairEffect | null): void => {
  if (isDeepStrictEqual(now, shown)) return;
  throw overtaken('What this change would let agents call was changed since it was proposed.');
};

/** It cannot be done any more as it was proposed. */
export const overtaken = (why: string): DomainError =>
  new DomainError('conflict', `${why} Reject it, or propose it anew.`);

/** The author lost the right, or what it is about is gone: neither is the confirmer's fault. */
export const notPermittedAnyMore = (error: unknown): never => {
  if (!(error instanceof DomainError) || !/^(forbidden|not_found)$/.test(error.code)) throw error;
  throw overtaken(
    'The person who proposed this change does not have permission to do it any more.',
  );
};
