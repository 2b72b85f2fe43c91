import type { Database, Tx } from '#libs/platform/db';
import { newId, type Role } from '#libs/platform/kernel';
import type { SecretBox } from '#libs/platform/secrets';
import { z } from 'zod';
import { pairEffectSchema } from './rights.js';
import type { SecondPerson } from './second-person.js';

/** A proposed change as it is kept. */
export interface ProposedChange {
  id: string;
  command: string;
  subjectKind: string;
  subjectId: string;
  subjectName: string;
  explanation: string;
  confirmerRoles: Role[];
  confirmerIds: string[];
  concernedIds: string[];
  state: 'open' | 'done' | 'rejected' | 'withdrawn';
  proposedById: string;
  proposedAt: Date;
  expiresAt: Date;
  aloneFrom: Date | null;
  sealedContent: string;
}

const contentSchema = z.strictObject({
  input: z.unknown(),
  /** What of the instance it was based on. */
  basis: z.string(),
  /** What it would change, as the entry of the change would say. */
  effect: z.strictObject({
    facts: z.record(z.string(), z.unknown()),
    changes: z.unknown(),
    pairs: pairEffectSchema.nullable(),
  }),
  reason: z.string().nullable(),
});

/** What is sealed of a proposed change. */
export type ProposedContent = z.infer<typeof contentSchema>;

// Bound to all that says who proposed what, and until when: of a row that was altered nothing opens.
const contextOf = (place: Place): string =>
  `proposed-change:${JSON.stringify([
    place.id,
    place.command,
    place.proposedById,
    place.subjectId,
    place.expiresAt,
    place.aloneFrom,
  ])}`;

type Place = Pick<
  ProposedChange,
  'id' | 'command' | 'proposedById' | 'subjectId' | 'expiresAt' | 'aloneFrom'
>;

/** Writes a proposed change down. */
export const insertProposedChange = async (
  tx: Tx,
  secrets: SecretBox,
  { content, need, ...row }: NewProposedChange,
): Promise<string> => {
  const id = newId();
  await tx.proposedChange.create({
    data: {
      id,
      ...row,
      explanation: need.explanation,
      ...confirmersOf(need),
      sealedContent: secrets.seal(JSON.stringify(content), contextOf({ id, ...row })),
      state: 'open',
    },
    select: { id: true },
  });
  return id;
};

/** Who may confirm a change, as its row says it. */
export const confirmersOf = ({ roles, people = [], concerns = [] }: SecondPerson) => ({
  confirmerRoles: [...roles],
  confirmerIds: [...people],
  concernedIds: [...concerns],
});

/** What {@link insertProposedChange} needs. */
export interface NewProposedChange extends Pick<
  ProposedChange,
  | 'command'
  | 'subjectKind'
  | 'subjectId'
  | 'subjectName'
  | 'proposedById'
  | 'proposedAt'
  | 'expiresAt'
  | 'aloneFrom'
> {
  content: ProposedContent;
  need: SecondPerson;
}

/** Opens what was sealed. @throws SecretUnreadableError when it was changed or moved */
export const openContent = (secrets: SecretBox, row: ProposedChange): ProposedContent =>
  contentSchema.parse(JSON.parse(secrets.open(row.sealedContent, contextOf(row))));

/** Loads a proposed change and holds its row. */
export const lockProposedChange = async (tx: Tx, id: string): Promise<ProposedChange | null> => {
  await tx.$queryRaw`SELECT 1 FROM proposed_change WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.proposedChange.findUnique({ where: { id } });
};

/** Writes down what became of a proposed change. */
export const decideProposedChange = async (
  tx: Tx,
  id: string,
  decided: {
    state: 'done' | 'rejected' | 'withdrawn';
    byId: string | null;
    at: Date;
    note: string;
  },
): Promise<void> => {
  const { state, byId, at, note } = decided;
  await tx.proposedChange.update({
    where: { id },
    data: { state, decidedById: byId, decidedAt: at, decisionNote: note },
    select: { id: true },
  });
};

/** Which change, of what. */
interface ProposalOf {
  command: string;
  subjectId: string;
}

/** The changes that nobody has decided, in time still. */
export const openWhere = (now: Date) => ({ state: 'open', expiresAt: { gt: now } }) as const;

/** The newest change of this that can be confirmed still, or null. */
export const findOpenProposal = (
  db: Database | Tx,
  about: ProposalOf,
  now: Date,
): Promise<ProposedChange | null> =>
  db.proposedChange.findFirst({
    where: { ...about, ...openWhere(now) },
    orderBy: { id: 'desc' },
  });

/** Ends every proposal of this with what it is about: its author withdraws it so, anybody else rejects it. */
export const endProposalsOf = async (
  tx: Tx,
  about: ProposalOf,
  { byId, at, note }: { byId: string | null; at: Date; note: string },
): Promise<void> => {
  const open = { ...about, state: 'open' as const };
  const decided = { decidedById: byId, decidedAt: at, decisionNote: note };
  if (byId !== null)
    await tx.proposedChange.updateMany({
      where: { ...open, proposedById: byId },
      data: { state: 'withdrawn', ...decided },
    });
  await tx.proposedChange.updateMany({ where: open, data: { state: 'rejected', ...decided } });
};

/** Withdraws what a person has proposed and nobody has decided; answers how many there were. */
export const withdrawProposedChangesOf = async (
  tx: Tx,
  personId: string,
  now: Date,
): Promise<number> => {
  const { count } = await tx.proposedChange.updateMany({
    where: { proposedById: personId, state: 'open' },
    data: { state: 'withdrawn', decidedAt: now },
  });
  return count;
};
