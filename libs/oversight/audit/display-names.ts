import type { Database } from '#libs/platform/db';
import type { LedgerEntry } from '#libs/engine/ledger';
import { isUuid } from '#libs/platform/kernel';

/** What to call the things that entries name by kind and id. */
export class DisplayNames {
  constructor(private readonly names: ReadonlyMap<string, string>) {}

  /** Null when nothing of this kind and id has a name any more. */
  of(kind: string, id: string): string | null {
    return this.names.get(key(kind, id)) ?? null;
  }
}

const key = (kind: string, id: string) => `${kind} ${id}`;

type Lookup = (db: Database, ids: string[]) => Promise<{ id: string; name: string }[]>;
const NAME = { id: true, name: true } as const;

const people: Lookup = (db, ids) =>
  db.person.findMany({ where: { id: { in: ids } }, select: NAME });

const LOOKUPS: Readonly<Record<string, Lookup>> = {
  person: people,
  session: people,
  agent: (db, ids) => db.agent.findMany({ where: { id: { in: ids } }, select: NAME }),
  policy: (db, ids) => db.policy.findMany({ where: { id: { in: ids } }, select: NAME }),
  tool_server: (db, ids) => db.toolServer.findMany({ where: { id: { in: ids } }, select: NAME }),
  team: (db, ids) => db.team.findMany({ where: { id: { in: ids } }, select: NAME }),
  issuer: (db, ids) => db.issuer.findMany({ where: { id: { in: ids } }, select: NAME }),
  tool: async (db, ids) => {
    const rows = await db.tool.findMany({
      where: { id: { in: ids } },
      select: { id: true, name: true, server: { select: { slug: true } } },
    });
    return rows.map((row) => ({ id: row.id, name: `${row.server.slug}__${row.name}` }));
  },
  policy_version: async (db, ids) => {
    const rows = await db.policyVersion.findMany({
      where: { id: { in: ids } },
      select: { id: true, number: true, policy: { select: { name: true } } },
    });
    return rows.map((row) => ({ id: row.id, name: `${row.policy.name} v${row.number}` }));
  },
};

const idsByKind = (entries: readonly LedgerEntry[]): Map<string, Set<string>> => {
  const wanted = new Map<string, Set<string>>();
  const want = (kind: string | null, id: string | null) => {
    if (kind === null || id === null || !isUuid(id) || LOOKUPS[kind] === undefined) return;
    const ids = wanted.get(kind) ?? new Set();
    wanted.set(kind, ids.add(id));
  };
  for (const entry of entries) {
    want(entry.actorKind, entry.actorId);
    want(entry.subjectKind, entry.subjectId);
  }
  return wanted;
};

/** Looks up the names of everything these entries are by and about: one statement a kind. */
export const displayNames = async (
  db: Database,
  entries: readonly LedgerEntry[],
): Promise<DisplayNames> => {
  const found = await Promise.all(
    [...idsByKind(entries)].map(async ([kind, ids]) => {
      const rows = (await LOOKUPS[kind]?.(db, [...ids])) ?? [];
      return rows.map(({ id, name }) => [key(kind, id), name] as const);
    }),
  );
  return new DisplayNames(new Map(found.flat()));
};
