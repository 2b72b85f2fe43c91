interface Stored {
  payload: Payload;
  expiresAtMs: number;
}

interface Payload {
  grantId?: string;
  uid?: string;
  userCode?: string;
  consumed?: number;
}

const MAX_ENTRIES = 10_000;

/** What oidc-provider asks of its storage. */
export interface Adapter {
  upsert(id: string, payload: Payload, expiresInSeconds?: number): Promise<void>;
  find(id: string): Promise<Payload | undefined>;
  findByUid(uid: string): Promise<Payload | undefined>;
  findByUserCode(userCode: string): Promise<Payload | undefined>;
  consume(id: string): Promise<void>;
  destroy(id: string): Promise<void>;
  revokeByGrantId(grantId: string): Promise<void>;
}

/**
 * Sessions, grants and codes in memory: a restart of the sandbox signs everybody out. Ours rather
 * than the library's own, which warns on the terminal and cannot outlive a rotation of the keys.
 */
export function createMemoryAdapter(): (model: string) => Adapter {
  const entries = new Map<string, Stored>();
  return (model) => adapterOf(model, entries);
}

function adapterOf(model: string, entries: Map<string, Stored>): Adapter {
  const keyOf = (id: string): string => `${model}:${id}`;
  const livePayload = (key: string): Payload | undefined => {
    const found = entries.get(key);
    if (found && found.expiresAtMs > Date.now()) return found.payload;
    entries.delete(key);
    return undefined;
  };
  const findWhere = async (test: (payload: Payload) => boolean): Promise<Payload | undefined> => {
    for (const key of entries.keys()) {
      if (!key.startsWith(`${model}:`)) continue;
      const payload = livePayload(key);
      if (payload && test(payload)) return payload;
    }
    return undefined;
  };
  return {
    upsert: async (id, payload, expiresInSeconds = Infinity) => {
      // The oldest goes first; Map keeps the order of insertion.
      entries.delete(keyOf(id));
      for (const oldest of entries.keys()) {
        if (entries.size < MAX_ENTRIES) break;
        entries.delete(oldest);
      }
      entries.set(keyOf(id), { payload, expiresAtMs: Date.now() + expiresInSeconds * 1000 });
    },
    find: async (id) => livePayload(keyOf(id)),
    findByUid: (uid) => findWhere((payload) => payload.uid === uid),
    findByUserCode: (userCode) => findWhere((payload) => payload.userCode === userCode),
    consume: async (id) => {
      const payload = livePayload(keyOf(id));
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => void entries.delete(keyOf(id)),
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of entries) {
        if (payload.grantId === grantId) entries.delete(key);
      }
    },
  };
}
