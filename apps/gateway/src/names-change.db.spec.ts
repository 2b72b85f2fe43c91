import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#libs/platform/kernel';
import { boundText } from './fixtures/bound-names.fixture.js';
import {
  search,
  startIdentitySuite,
  type IdentitySuite,
} from './fixtures/identity-suite.fixture.js';

// Each rule denies the calls whose `q` is its own name, and nothing else.
const rule = (name: string, selectors: string) => `
  - name: ${name}
    effect: deny
    ${selectors}
    when: { arguments: { q: { eq: ${name} } } }
    reason: Because.`;
const SEARCH = 'tools: { names: [helpdesk/search_tickets] }';
const DENIALS = `rules:${[
  rule('by-agent', `agents: { names: [coder] }\n    ${SEARCH}`),
  rule('by-team', `agents: { teams: [platform] }\n    ${SEARCH}`),
  rule('by-group', `people: { groups: [Engineering] }\n    ${SEARCH}`),
  rule('by-server', 'agents: { all: true }\n    tools: { servers: [helpdesk] }'),
  rule('by-tool', `agents: { all: true }\n    ${SEARCH}`),
].join('')}\n`;
const NAMES = ['by-agent', 'by-team', 'by-group', 'by-server', 'by-tool'];

let suite: IdentitySuite;
let server = search.server;

const asCoder = async (q: string, person: string | null = null) => {
  const about = person === null ? {} : { onBehalfOf: await suite.idpToken({ sub: person }) };
  const body = { ...search, server, arguments: { q }, ...about };
  return suite.call(await suite.gateway.token('coder'), body);
};
/** Which rule decides the coder's calls for ann, one call for each rule, and whether bob may search. */
const decisions = async () => {
  const decided: Record<string, unknown> = {};
  for (const name of [...NAMES, 'printer']) {
    const answer = await asCoder(name, 'ann');
    const entry = await suite.entryOf(answer);
    decided[name] = [answer.status, entry?.data['decision'], entry?.data['rule']];
  }
  const bob = await asCoder('printer', 'bob');
  return { ...decided, bob: bob.status };
};
type Decisions = Awaited<ReturnType<typeof decisions>>;
let before: Decisions;

beforeAll(async () => {
  suite = await startIdentitySuite();
  await suite.people.change(async (tx) => {
    const [id, at] = [newId(), new Date()];
    await tx.policy.create({ data: { id, name: 'denials', description: '', createdAt: at } });
    await tx.policyVersion.create({
      data: {
        id: newId(),
        policyId: id,
        number: 1,
        ...(await boundText(tx, DENIALS)),
        note: '',
        proposedAt: at,
        state: 'active',
      },
    });
  }, 'registry');
  before = await decisions();
});

afterAll(async () => {
  await suite.stop();
});

const group = (displayName: string) => ({
  displayName,
  displayNameFolded: displayName.toLowerCase(),
  createdAt: new Date(),
  updatedAt: new Date(),
});
const changeGroup = async (to: string) => {
  const [{ id } = { id: '' }] = await suite.people.db.group.findMany({
    where: { members: { some: { personId: suite.people.id('ann') } } },
  });
  await suite.people.change((tx) => tx.group.update({ where: { id }, data: group(to) }), 'people');
};

describe('a name that changes changes no decision (P11)', () => {
  it('decides each call by its own rule, to begin with', () => {
    const denied = NAMES.map((name) => [name, [403, 'deny', name]]);
    expect(before).toEqual({
      ...Object.fromEntries(denied),
      printer: [200, 'allow', 'coder-may-use-everything'],
      bob: 403,
    });
  });

  it('a team is renamed, and another takes the name', async () => {
    const { db, change } = suite.people;
    const { id } = await db.team.findUniqueOrThrow({ where: { name: 'platform' } });
    await change((tx) => tx.team.update({ where: { id }, data: { name: 'builders' } }), 'registry');
    expect(await decisions()).toEqual(before);
    await change((tx) => tx.team.create({ data: { id: newId(), name: 'platform' } }), 'registry');
    expect(await decisions()).toEqual(before);
  });

  it('a group is written in another case, and renamed', async () => {
    await changeGroup('ENGINEERING');
    expect(await decisions()).toEqual(before);
    await changeGroup('Makers');
    expect(await decisions()).toEqual(before);
  });

  it('an agent is called otherwise', async () => {
    // The application's role has no right to do that, so not even a fault of ours can.
    const { change, id } = suite.people;
    await suite.superuser.query(`UPDATE agent SET name = 'developer' WHERE id = $1`, [id('coder')]);
    await change(() => Promise.resolve(), 'registry');
    expect(await decisions()).toEqual(before);
  });

  it('a tool server is renamed, and another takes the name', async () => {
    const { db, change } = suite.people;
    const row = await db.toolServer.findUniqueOrThrow({ where: { slug: 'helpdesk' } });
    await change(
      (tx) => tx.toolServer.update({ where: { id: row.id }, data: { slug: 'tickets' } }),
      'registry',
    );
    server = 'tickets';
    expect(await decisions()).toEqual(before);
    const { openapi: _openapi, leftOut: _leftOut, ...rest } = row;
    await change(
      (tx) => tx.toolServer.create({ data: { ...rest, id: newId(), slug: 'helpdesk' } }),
      'registry',
    );
    expect(await decisions()).toEqual(before);
  });

  it('a group takes a name that became free, and inherits nothing by it', async () => {
    const { change, id } = suite.people;
    await change(async (tx) => {
      const groupId = newId();
      await tx.group.create({ data: { id: groupId, ...group('Engineering') } });
      await tx.groupMember.create({
        data: { groupId, personId: id('bob'), addedAt: new Date() },
      });
    }, 'people');
    expect(await decisions()).toEqual(before);
  });

  it('a group is deleted: its members lose what it allowed, and its name gives it to nobody', async () => {
    const { db, change, id } = suite.people;
    const [{ id: groupId } = { id: '' }] = await db.group.findMany({
      where: { displayName: 'Makers' },
    });
    await change((tx) => tx.group.delete({ where: { id: groupId } }), 'people');
    const gone = await decisions();
    // What may not be listed is denied without a look at its arguments.
    expect(gone).toMatchObject({ printer: [403, 'deny', 'by-agent'], bob: 403 });
    await change(async (tx) => {
      for (const name of ['Makers', 'makers-too']) {
        const again = newId();
        await tx.group.create({ data: { id: again, ...group(name) } });
        await tx.groupMember.create({
          data: { groupId: again, personId: id('ann'), addedAt: new Date() },
        });
      }
    }, 'people');
    expect(await decisions()).toEqual(gone);
  });
});
