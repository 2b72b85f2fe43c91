import { verifiedRecords, type VerificationKeys } from '#libs/engine/record-signatures';
import type { Tx } from '#libs/platform/db';
import type { KnownBinding } from '#libs/trust/authorization-liveness';
import type { BindingCondition } from '#libs/trust/token-verification';
import type { JWK } from 'jose';
import type { Names, IssuerAndName } from './asked-names.js';
import { ifAny, index, lookup, together, uuids } from './asked-rows.js';

// Rows that are signed: what is not as it was signed is not there (invariant I14).

/** A binding with its agent's name. */
export interface BindingRow extends KnownBinding {
  readonly agent: { readonly id: string; readonly name: string };
}

/** Who issues our own tokens, and by whose keys the records are verified. */
export interface OwnTrust {
  readonly url: string;
  readonly signedBy: VerificationKeys;
}

/** Our public keys that are not withdrawn. */
export const readOwnKeys = async (
  tx: Tx,
  keyIds: Names['keyIds'],
  signedBy: VerificationKeys,
  now: Date,
): Promise<JWK[]> => {
  const where = { id: { in: uuids(keyIds) }, publishedUntil: { gt: now } };
  const found = await ifAny(keyIds, () =>
    tx.signingKey.findMany({ where, select: { id: true, publicKey: true, publishedUntil: true } }),
  );
  const authentic = await verifiedRecords(tx, signedBy, 'signing_key', found);
  return authentic.map(({ publicKey }) => publicKey as JWK);
};

// Nobody else signs in our name.
const trusted = (ownUrl: string) => ({ retiredAt: null, url: { not: ownUrl } });

/** The trusted ones. */
export const readIssuers = async (
  tx: Tx,
  { issuerUrls, issuerIds }: Names,
  { url: ownUrl, signedBy }: OwnTrust,
) => {
  const all = await ifAny([...issuerUrls, ...issuerIds], () =>
    tx.issuer.findMany({
      where: {
        AND: trusted(ownUrl),
        OR: [{ url: { in: [...issuerUrls] } }, { id: { in: uuids(issuerIds) } }],
      },
    }),
  );
  const found = await verifiedRecords(tx, signedBy, 'issuer', all);
  const byId = index(issuerIds, found, ({ id }) => id);
  return {
    issuers: lookup(issuerUrls, found, ({ url }) => url),
    issuerIds: { has: (id: string) => byId(id).length > 0 },
  };
};

/** Agents in every state. */
export const readAgents = async (
  tx: Tx,
  agentIds: readonly string[],
  signedBy: VerificationKeys,
) => {
  const found = await readSignedAgents(tx, uuids(agentIds), signedBy);
  return lookup(agentIds, found, ({ id }) => id);
};

// An agent is signed with all its bindings.
const readSignedAgents = async (tx: Tx, ids: readonly string[], signedBy: VerificationKeys) => {
  const found = await ifAny(ids, () =>
    tx.agent.findMany({ where: { id: { in: [...ids] } }, include: { bindings: true } }),
  );
  return verifiedRecords(tx, signedBy, 'agent', found);
};

/** Bindings of trusted issuers, and of keys. */
export const readBindings = async (
  tx: Tx,
  { bindingIds, subjects, clients }: Names,
  { url: ownUrl, signedBy }: OwnTrust,
) => {
  const found = await tx.binding.findMany({
    where: {
      AND: { OR: [{ kind: 'key' }, { issuer: trusted(ownUrl) }] },
      OR: [
        { id: { in: uuids(bindingIds) } },
        ...named('subject', subjects),
        ...named('client', clients),
      ],
    },
    select: {
      id: true,
      kind: true,
      subject: true,
      conditions: true,
      agent: { select: { id: true, name: true } },
      issuer: { select: { url: true } },
    },
  });
  const agents = await readSignedAgents(
    tx,
    found.map(({ agent }) => agent.id),
    signedBy,
  );
  const signed = new Set(agents.map(({ id }) => id));
  const known = found.filter(({ agent }) => signed.has(agent.id)).map(bindingRow);
  const others = found.filter(({ agent }) => !signed.has(agent.id));
  const byName = (kind: 'subject' | 'client', names: readonly IssuerAndName[]) => {
    const ofKind = known.flatMap((row) =>
      row.token?.kind === kind ? [{ row, ...row.token }] : [],
    );
    const find = index(names.map(together), ofKind, ({ issuerUrl, subject }) =>
      together([issuerUrl, subject]),
    );
    return (issuer: string, name: string) => find(together([issuer, name])).map(({ row }) => row);
  };
  const ids = [...new Set([...bindingIds, ...known.map(({ id }) => id)])];
  return {
    bindings: lookup(ids, known, ({ id }) => id),
    subjectBindings: byName('subject', subjects),
    clientBindings: byName('client', clients),
    // What was issued to an agent that is not as it was signed is not anybody's (invariant I13).
    clientsOfOthers: new Set(
      others.map(({ issuer, subject }) => together([issuer?.url ?? '', subject])),
    ),
    // Whose they are, for what the rules will ask of those agents.
    theirAgents: known.map(({ agent }) => agent.id),
  };
};

const named = (kind: 'subject' | 'client', names: readonly IssuerAndName[]) =>
  names.map(([url, subject]) => ({ kind, subject, issuer: { url } }));

const bindingRow = ({
  id,
  kind,
  agent,
  issuer,
  subject,
  ...row
}: Pick<BindingRow, 'id' | 'kind' | 'agent'> & {
  subject: string;
  conditions: unknown;
  issuer: { url: string } | null;
}): BindingRow => {
  if (kind === 'key' || issuer === null) return { id, kind, agent, token: null };
  // As libs/registry/agents checked it when it was saved.
  const conditions = row.conditions as BindingCondition[];
  return { id, kind, agent, token: { kind, issuerUrl: issuer.url, subject, conditions } };
};
