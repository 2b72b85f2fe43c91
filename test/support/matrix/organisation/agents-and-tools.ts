import { createTestOrganisation } from '#libs/dev/testing';
import type { Database, Tx } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { KEYS } from '../attackers.js';
import { LONG_AGO } from './long-ago.js';

/** Tool servers with tools of each class, and one that is not asked for its tools yet. */
export const addToolServers = async (db: Database, ids: Record<string, string>) => {
  const builder = createTestOrganisation(db);
  const servers = [
    ['wiki', 'Ida of IT', 'Engineering', { search: 'read', erase: 'destructive' }],
    ['bank', 'Otto of the office', 'Finance', { balance: 'read', pay: 'write' }],
    ['vault', 'Sara of security', 'Engineering', { open: 'destructive', list: 'write' }],
  ] as const;
  for (const [slug, owner, team, tools] of servers) {
    const owned = { ownerId: ids[owner] as string, teamId: ids[team] as string };
    const url = `https://${slug}.test/mcp`;
    const serverId = await builder.addToolServer({ ...owned, slug, name: slug, url });
    ids[slug] = serverId;
    for (const [name, classification] of Object.entries(tools))
      ids[`${slug}/${name}`] = await builder.addTool(
        { serverId, name },
        { classification, classifiedAt: LONG_AGO },
      );
  }
  // Registered, and no tool of it is pinned yet.
  ids['fresh server'] = await builder.addToolServer({
    ownerId: ids['Ivo of IT'] as string,
    teamId: ids['Finance'] as string,
    slug: 'fresh',
    name: 'fresh',
    url: 'https://fresh.test/mcp',
    state: 'discovering',
  });
};

/** Agents in every state in which an attacker could want one. */
export const addAgents = async (db: Database, ids: Record<string, string>) => {
  const builder = createTestOrganisation(db);
  const add = async (name: string, owner: string, team: string, over: object = {}) => {
    const owned = { ownerId: ids[owner] as string, teamId: ids[team] as string };
    ids[name] = await builder.addAgent({ ...owned, name, ...over });
  };
  const bind = (name: string, kind: 'subject' | 'client', subject: string) =>
    db.binding.create({
      data: {
        id: newId(),
        agentId: ids[name] as string,
        kind,
        issuerId: ids['IdP'] as string,
        subject,
        createdAt: LONG_AGO,
      },
    });
  await add('payer', 'Otto of the office', 'Finance', { tags: ['payments'] });
  await bind('payer', 'subject', 'payer-service');
  await add('desktop', 'Ida of IT', 'Engineering', { riskTier: 'medium' });
  await bind('desktop', 'client', 'desktop-app');
  // It may call, and nothing speaks for it.
  await add('unbound', 'Dora, developer', 'Finance', { tags: ['payments'] });
  await add('draft', 'Dora, developer', 'Finance', { state: 'draft', tags: ['payments'] });
  await add('stopped', 'Dora, developer', 'Finance', {
    state: 'suspended',
    stoppedBySecurity: true,
  });
  await add('tampered', 'Dora, developer', 'Finance');
  await addKey(db, ids['stopped'] as string, 'second');
};

/** Binds an agent to a key that attackers have. */
export const addKey = async (db: Tx, agentId: string, key: keyof typeof KEYS): Promise<string> => {
  const { thumbprint, jwk } = KEYS[key];
  const id = newId();
  await db.binding.create({
    data: {
      id,
      agentId,
      kind: 'key',
      issuerId: null,
      subject: thumbprint,
      publicKey: jwk,
      createdAt: LONG_AGO,
    },
  });
  return id;
};
