import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileAbility, type PackedAbility } from '#libs/engine/policy';
import { newId, type JsonObject } from '#libs/platform/kernel';
import { boundText } from './fixtures/bound-names.fixture.js';
import { startIdentitySuite, type IdentitySuite } from './fixtures/identity-suite.fixture.js';

const HIDDEN = `rules:
  - name: hidden-rule
    effect: deny
    agents: { names: [coder] }
    tools: { names: [helpdesk/search_tickets] }
    when: { arguments: { q: { contains: plans } } }
    reason: Hidden reason.
    remedy: Hidden remedy.
  - name: hidden-team-rule
    effect: allow
    agents: { teams: [platform], names: [desk] }
    tools: { names: [helpdesk/refund] }
    when: { arguments: { amount: { lte: 31337 } } }
    reason: Hidden reason.
  - name: hidden-group-rule
    effect: deny
    people: { groups: [Engineering] }
    tools: { names: [helpdesk/search_tickets] }
    when: { arguments: { q: { eq: of-people } } }
    reason: Hidden reason.
`;

let suite: IdentitySuite;
const tokens = new Map<string, string>();

const get = async (token: string | null, query = '') => {
  const response = await fetch(`${suite.gateway.url}/v1/ability${query}`, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: JSON.parse(text) as JsonObject,
  };
};
const abilityOf = async (token: string) => (await get(token)).body as unknown as PackedAbility;

beforeAll(async () => {
  suite = await startIdentitySuite();
  await suite.people.change(async (tx) => {
    const policyId = newId();
    const at = new Date();
    await tx.policy.create({
      data: { id: policyId, name: 'hidden-policy', description: '', createdAt: at },
    });
    await tx.policyVersion.create({
      data: {
        id: newId(),
        policyId,
        number: 1,
        ...(await boundText(tx, HIDDEN)),
        note: 'hidden note',
        proposedAt: at,
        state: 'active',
      },
    });
  }, 'registry');
  tokens.set('coder', await suite.gateway.token('coder'));
  tokens.set('desk', await suite.people.ownToken());
  tokens.set('desk for ann', await suite.actingFor('ann'));
});

afterAll(async () => {
  await suite.stop();
});

const tokenOf = (caller: string) => tokens.get(caller) ?? '';

describe('an agent’s ability', () => {
  it('is its own rules for the tools that it may list, and is never cached', async () => {
    const { status, headers, body } = await get(tokenOf('coder'));
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('etag')).toBeNull();
    expect(Object.keys(body).toSorted()).toEqual(['expiresAt', 'nextCursor', 'rules']);
    expect(body['rules']).toEqual([
      ['call', 'helpdesk/note,helpdesk/refund,helpdesk/search_tickets'],
      ['call', 'helpdesk/search_tickets', { when: { arguments: { q: { contains: 'plans' } } } }, 1],
      [
        'call',
        'helpdesk/refund',
        { when: { arguments: { amount: { gt: 100, absent: 'matches' } } } },
        1,
      ],
    ]);
  });

  it('says what the gateway then decides', async () => {
    const calls = [
      ['search_tickets', { q: 'printer' }],
      ['search_tickets', { q: 'secret plans' }],
      ['refund', { ticket: 't', amount: 100 }],
      ['refund', { ticket: 't', amount: 101 }],
      ['refund', { ticket: 't' }],
      ['note', {}],
      ['delete_ticket', { ticket: 't' }],
      ['no_such_tool', {}],
    ] as const;
    for (const caller of ['coder', 'desk', 'desk for ann']) {
      const token = tokenOf(caller);
      const advise = compileAbility(await abilityOf(token));
      for (const [tool, args] of calls) {
        const answer = await suite.call(token, { server: 'helpdesk', tool, arguments: args });
        const isAllowed = answer.status === 200;
        const advice = advise({ server: 'helpdesk', tool, arguments: args, now: new Date() });
        const expected =
          caller === 'desk for ann' && isAllowed ? 'ask' : isAllowed ? 'allow' : 'deny';
        // Her group's rules deny what the desk's own allow: only the gateway tells.
        const isHers = caller === 'desk for ann' && !isAllowed;
        expect({
          caller,
          tool,
          args,
          advice,
          isExpected: (isHers ? ['ask', 'deny'] : [expected]).includes(advice),
        }).toMatchObject({ isExpected: true });
      }
    }
  });

  it('tells nothing of other agents, hidden tools, people, groups, teams, reasons and policies', async () => {
    const { db } = suite.people;
    const ids = [
      ...(await db.policyVersion.findMany({ select: { id: true } })),
      ...(await db.policy.findMany({ select: { id: true } })),
      ...(await db.agent.findMany({ select: { id: true } })),
      ...(await db.person.findMany({ select: { id: true } })),
      ...(await db.tool.findMany({ select: { id: true } })),
    ].map(({ id }) => id);
    for (const caller of ['coder', 'desk', 'desk for ann', 'outsider']) {
      const token = tokens.get(caller) ?? (await suite.gateway.token(caller));
      const { status, text } = await get(token);
      expect(status).toBe(200);
      expect(text).not.toMatch(
        /hidden|reason|remedy|delete_ticket|platform|Engineering|of-people|coder|desk-may|ann|bob/i,
      );
      for (const id of ids) expect(text).not.toContain(id);
      expect(text.includes('plans')).toBe(caller === 'coder');
    }
  });

  it('has no rule where the agent has no right, and no tool beyond its token’s scope', async () => {
    expect((await abilityOf(await suite.gateway.token('outsider'))).rules).toEqual([]);
    const narrow = await suite.idpToken({ sub: 'coder', scope: 'tools:nowhere' });
    expect((await abilityOf(narrow)).rules).toEqual([]);
  });

  it('follows a kill switch and a revocation at once', async () => {
    await suite.people.change(
      (tx) =>
        tx.killSwitch.create({
          data: {
            id: newId(),
            scope: 'tool',
            targetId: suite.searchId,
            reason: 'hidden',
            activatedById: suite.people.id('ann'),
            activatedAt: new Date(),
          },
        }),
      'registry',
    );
    const ability = await abilityOf(tokenOf('coder'));
    const request = { server: 'helpdesk', arguments: { q: 'x' }, now: new Date() };
    expect(compileAbility(ability)({ ...request, tool: 'search_tickets' })).toBe('deny');
    expect(JSON.stringify(ability)).not.toContain('hidden');
    await suite.people.change(
      (tx) => tx.agent.update({ where: { name: 'coder' }, data: { state: 'suspended' } }),
      'registry',
    );
    expect((await get(tokenOf('coder'))).status).toBe(403);
  });
});

describe('without a right to ask', () => {
  const tools = async (token: string | null, query = '') => {
    const response = await fetch(`${suite.gateway.url}/v1/tools${query}`, {
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
    });
    return { status: response.status, body: (await response.json()) as JsonObject };
  };

  it.each([
    ['no token', () => Promise.resolve(null), ''],
    ['a token of nonsense', () => Promise.resolve('nonsense'), ''],
    ['a token that no agent is bound to', () => suite.gateway.token('nobody'), ''],
    ['a suspended agent', () => suite.gateway.token('sleeper'), ''],
    ['a cursor that nobody gave out', () => Promise.resolve(tokenOf('desk')), '?cursor=nonsense'],
  ])('answers %s as the other routes do', async (_, tokenFor, query) => {
    const token = await tokenFor();
    const [ability, other] = [await get(token, query), await tools(token, query)];
    expect(ability.status).toBe(other.status);
    expect(ability.status).toBeGreaterThanOrEqual(400);
    expect(ability.headers.get('content-type')).toBe('application/problem+json');
    const unlike = { traceId: '', callId: '' };
    expect({ ...ability.body, ...unlike }).toEqual({ ...other.body, ...unlike });
  });
});
