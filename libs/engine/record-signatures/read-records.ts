import type { Tx } from '#libs/platform/db';
import { textDigest, type SignedKind, type SignedRows } from './signed-content.js';

type Ids = readonly string[] | undefined;

const idIn = (ids: Ids) => ({ where: ids === undefined ? {} : { id: { in: [...ids] } } });

const POLICY = { policy: { select: { name: true, kind: true } } } as const;

const READERS: { readonly [K in SignedKind]: (tx: Tx, ids: Ids) => Promise<SignedRows[K][]> } = {
  issuer: (tx, ids) => tx.issuer.findMany(idIn(ids)),
  agent: (tx, ids) => tx.agent.findMany({ ...idIn(ids), include: { bindings: true } }),
  tool_server: (tx, ids) =>
    tx.toolServer.findMany({ ...idIn(ids), omit: { openapi: true, leftOut: true } }),
  tool: (tx, ids) => tx.tool.findMany({ ...idIn(ids), omit: { offered: true } }),
  policy_version: async (tx, ids) => {
    const rows = await tx.policyVersion.findMany({ ...idIn(ids), include: POLICY });
    return rows.map((row) => ({ ...row, textDigest: textDigest(row.text) }));
  },
  kill_switch: (tx, ids) => tx.killSwitch.findMany(idIn(ids)),
  signing_key: (tx, ids) => tx.signingKey.findMany(idIn(ids)),
};

/** The records of these ids, or all of the kind, as they are now. */
export const readRecords = <K extends SignedKind>(
  tx: Tx,
  kind: K,
  ids?: readonly string[],
): Promise<SignedRows[K][]> => READERS[kind](tx, ids);

const LOCKS: { readonly [K in SignedKind]: (tx: Tx, ids: string[]) => Promise<unknown> } = {
  issuer: (tx, ids) =>
    tx.$queryRaw`SELECT 1 FROM issuer WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`,
  // Which keeps bindings of these agents from being added, too: a foreign key holds the agent's row.
  agent: (tx, ids) =>
    tx.$queryRaw`SELECT 1 FROM agent WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`,
  tool_server: (tx, ids) =>
    tx.$queryRaw`SELECT 1 FROM tool_server WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`,
  tool: (tx, ids) =>
    tx.$queryRaw`SELECT 1 FROM tool WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`,
  policy_version: (tx, ids) =>
    tx.$queryRaw`SELECT 1 FROM policy_version WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`,
  kill_switch: (tx, ids) =>
    tx.$queryRaw`SELECT 1 FROM kill_switch WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`,
  // A key's row never changes; the library that owns it has an advisory lock over all of them.
  signing_key: () => Promise.resolve(),
};

/** Holds the records of these ids until the transaction ends. */
export const lockRecords = async (
  tx: Tx,
  kind: SignedKind,
  ids: readonly string[],
): Promise<void> => {
  await LOCKS[kind](tx, [...ids]);
};
