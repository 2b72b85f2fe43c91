import type { Tx } from '#libs/platform/db';
import { readEmergencyEnds } from '#libs/engine/actors';
import type { RecordBook } from '#libs/engine/record-signatures';
import { loadVerifiedRules } from '#libs/governance/policies';
import { VerifiedRecords } from './verified-records.js';

const MAX_TOLERANCE_MS = 10 * 60_000;

/** Reads the records, as far as they are as they were signed: another one adds no right, and may restrict. */
export const readRegistry = async (tx: Tx, book: RecordBook) => {
  const { released, ...rows } = await readRows(tx);
  const { published, unverified: versions } = await loadVerifiedRules(tx, book);
  const records = new VerifiedRecords(book);
  const servers = records.idsOf(
    'tool_server',
    rows.tools.map(({ server }) => server),
  );
  records.report('policy_version', versions);
  const agents = records.of('agent', rows.agents);
  const stillActive = released.filter((row) => !records.isAuthentic('kill_switch', row));
  return {
    rows: {
      ...rows,
      published,
      issuers: records.of('issuer', rows.issuers),
      keys: records.of('signing_key', rows.keys),
      agents,
      unboundClients: [...rows.unboundClients, ...clientsOfOthers(rows.agents, agents)],
      tools: records.of('tool', rows.tools).filter(({ serverId }) => servers.has(serverId)),
      killSwitches: [...rows.killSwitches, ...stillActive],
      // Released in an emergency: in force again when it ends.
      releasedUntil: released.flatMap((row) => {
        const until = rows.emergencyEnds.get(row.id);
        return until === undefined ? [] : [{ ...row, until }];
      }),
    },
    unverified: records.unverified,
  };
};

// What was issued to an agent that is not as it was signed is not anybody's (invariant I13).
const clientsOfOthers = <R extends { bindings: { issuerId: string | null; subject: string }[] }>(
  all: readonly R[],
  signed: readonly R[],
) => {
  const known = new Set(signed);
  return all
    .filter((row) => !known.has(row))
    .flatMap(({ bindings }) => bindings)
    .flatMap(({ issuerId, subject }) =>
      issuerId === null ? [] : [{ issuerId, clientId: subject }],
    );
};

const readRows = async (tx: Tx) => {
  const now = new Date();
  return {
    issuers: await tx.issuer.findMany({ where: { retiredAt: null } }),
    keys: await tx.signingKey.findMany({
      where: { publishedUntil: { gt: now } },
      select: { id: true, publicKey: true, publishedUntil: true },
    }),
    agents: await tx.agent.findMany({ include: { bindings: true } }),
    tools: await tx.tool.findMany({
      where: { server: { state: 'ready' } },
      omit: { offered: true },
      include: { server: { omit: { openapi: true, leftOut: true } } },
      orderBy: [{ server: { slug: 'asc' } }, { name: 'asc' }],
    }),
    unboundClients: await tx.unboundClient.findMany({
      select: { issuerId: true, clientId: true },
    }),
    killSwitches: await tx.killSwitch.findMany({
      where: { releasedAt: null },
      orderBy: { activatedAt: 'desc' },
    }),
    released: await tx.killSwitch.findMany({ where: { releasedAt: { not: null } } }),
    emergencyEnds: await readEmergencyEnds(tx),
    // A token outlives its expiry by its issuer's clock tolerance.
    revoked: await tx.revokedToken.findMany({
      where: { expiresAt: { gt: new Date(now.getTime() - MAX_TOLERANCE_MS) } },
    }),
    blocked: await tx.unregisteredAgent.findMany({
      where: { blockedAt: { not: null } },
      select: { issuerId: true, subject: true, clientId: true },
    }),
  };
};
