import type { Database } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { boundText } from '../../../../apps/gateway/src/fixtures/bound-names.fixture.js';

const rule = (name: string, effect: string, who: string, tools: string) =>
  `  - { name: ${name}, effect: ${effect}, ${who}, tools: ${tools}, when: { always: true }, reason: ${name} }\n`;

/** Rules by everything that a rule can name. */
export const MAIN = `rules:\n${[
  rule('by-team', 'allow', 'agents: { teams: [Finance] }', '{ servers: [bank] }'),
  rule('by-tag', 'allow', 'agents: { tags: [payments] }', '{ names: [bank/pay] }'),
  rule('by-tier', 'allow', 'agents: { tiers: [medium] }', '{ names: [wiki/erase] }'),
  rule('by-name', 'allow', 'agents: { names: [payer] }', '{ names: [vault/list] }'),
  rule('by-class', 'allow', 'agents: { teams: [Engineering] }', '{ classifications: [read] }'),
  rule('not-bank', 'deny', 'agents: { teams: [Engineering] }', '{ servers: [bank] }'),
  rule('not-erase', 'deny', 'agents: { tags: [intern] }', '{ names: [wiki/erase] }'),
].join('')}`;

const PEOPLE = `rules:\n${[
  rule('everybody', 'allow', 'people: { all: true }', '{ servers: [wiki, vault] }'),
  rule('payers', 'allow', 'people: { groups: [Payers] }', '{ servers: [bank] }'),
].join('')}`;

const GRANT = `rules:\n${rule('grant', 'allow', 'agents: { names: [desktop] }', '{ names: [vault/open] }')}`;

/** Text with which attackers would get everything. */
export const EVERYTHING = `rules:\n${[
  rule('all-agents', 'allow', 'agents: { all: true }', '{ all: true }'),
  rule('all-people', 'allow', 'people: { all: true }', '{ all: true }'),
].join('')}`;

/** Puts the policies in force, with an access grant, and drafts of both in review. */
export const addPolicies = async (db: Database, ids: Record<string, string>): Promise<void> => {
  const add = async (
    name: string,
    text: string,
    { kind = 'policy', state = 'active', by = 'Sara of security', of = newId() } = {},
  ) => {
    const at = new Date();
    const isNew = (await db.policy.count({ where: { id: of } })) === 0;
    if (isNew)
      await db.policy.create({
        data: {
          id: of,
          name,
          kind: kind as 'policy' | 'access_grant',
          description: '',
          createdAt: at,
        },
      });
    const id = newId();
    await db.policyVersion.create({
      data: {
        id,
        policyId: of,
        number: isNew ? 1 : 2,
        ...(await boundText(db, text)),
        note: 'n',
        state: state as 'active' | 'in_review',
        proposedById: ids[by] as string,
        proposedAt: at,
        basedOnId: isNew ? null : (ids['active main'] as string),
      },
    });
    return { id, of };
  };
  const main = await add('main', MAIN);
  ids['main'] = main.of;
  ids['active main'] = main.id;
  await add('people', PEOPLE);
  ids['grant'] = (await add('grant', GRANT, { kind: 'access_grant' })).id;
  const reviewed = { state: 'in_review', by: 'Sven of security', of: main.of };
  ids['proposed policy'] = (await add('main', MAIN, reviewed)).id;
  await addRequest(db, ids);
};

/** Somebody asked that an agent may use a tool of the vault. */
const addRequest = async (db: Database, ids: Record<string, string>) => {
  ids['request'] = newId();
  await db.accessRequest.create({
    data: {
      id: ids['request'],
      agentId: ids['payer'] as string,
      toolId: ids['vault/open'] as string,
      requestedById: ids['Dora, developer'] as string,
      justification: 'needed',
      durationHours: 100,
      state: 'open',
      requestedAt: new Date(),
    },
  });
};
