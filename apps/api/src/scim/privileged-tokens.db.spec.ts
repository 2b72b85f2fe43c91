import { createTestOrganisation } from '#libs/dev/testing';
import { HOUR_MS, newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOf } from '../fixtures/answers.js';
import { signedInAs } from '../fixtures/signed-in.js';
import { addPerson } from '../fixtures/people.js';
import { Visitor } from '../fixtures/visitor.js';
import { startScimGate, type ScimGate, type TestScimClient } from './scim.fixture.js';

let gate: ScimGate;
beforeAll(async () => {
  gate = await startScimGate();
});
afterAll(() => gate.close());

let client: TestScimClient;
let it_: Visitor;
let security: Visitor;
beforeEach(async () => {
  client = await gate.connect();
  it_ = (await signedInAs(gate, 'it')).visitor;
  security = (await signedInAs(gate, 'security')).visitor;
});

const SCOPES = { scopes: ['users:read', 'groups:write'], expiresInDays: 30 };
const note = 'agreed on the phone';

/** The connection's group gives a role. */
const giveByGroup = async (role: 'security' | 'office') => {
  const { id } = await createTestOrganisation(gate.db).addGroup({ role });
  await gate.db.group.update({ where: { id }, data: { connectionId: client.connectionId } });
};

interface Made {
  token: string;
  connection: { tokens: { id: string; state: string }[] };
  proposedChange: { id: string; explanation: string } | null;
}
const path = (rest = '') => `/api/v1/scim-connections/${client.connectionId}/tokens${rest}`;
const make = async (visitor: Visitor, rest = '', body: object = SCOPES): Promise<Made> => {
  const { status, body: made, text } = await answerOf(visitor.write('POST', path(rest), body));
  if (status !== 201) throw new Error(text);
  return made as unknown as Made;
};
const rotate = (overlapHours: number) =>
  make(it_, `/${client.tokenId}/rotate`, { overlapHours, expiresInDays: 30 });
const decide = (
  visitor: Visitor,
  { proposedChange }: Made,
  verb: 'confirm' | 'reject' | 'withdraw',
) =>
  answerOf(
    visitor.write('POST', `/api/v1/proposed-changes/${proposedChange?.id ?? ''}/${verb}`, { note }),
  );
const use = async (token: string): Promise<number> => {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${gate.origin}/scim/v2/Users`, { headers })).status;
};
const stateOf = async ({ connection }: Made, index = 0): Promise<string | undefined> => {
  const id = connection.tokens[index]?.id;
  const shown = await answerOf(
    security.send('GET', `/api/v1/scim-connections/${client.connectionId}`),
  );
  return (shown.body as unknown as Made['connection']).tokens.find((one) => one.id === id)?.state;
};

describe('a token of a privileged connection', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['its group gives the role', () => giveByGroup('security')],
    [
      'it provisions somebody who has the role',
      async () => {
        const made = await client.send('POST', '/Users', { userName: newId() });
        const { id } = made.body as { id: string };
        await gate.db.personRole.create({ data: { personId: id, role: 'security' } });
      },
    ],
    [
      'somebody whom it provisions has the role by a group of another connection',
      async () => {
        const made = await client.send('POST', '/Users', { userName: newId() });
        const { id } = made.body as { id: string };
        await createTestOrganisation(gate.db).addGroup({ members: [id], role: 'it' });
      },
    ],
  ])('is shown at once and works when a second person has confirmed it: %s', async (_, given) => {
    await given();
    const made = await make(it_);
    expect(made.proposedChange?.explanation).toContain('SCIM token');
    expect(await use(made.token)).toBe(401);
    expect(await stateOf(made)).toBe('waiting');
    expect((await decide(it_, made, 'confirm')).status).toBe(403);
    expect(await use(made.token)).toBe(401);
    expect((await decide(security, made, 'confirm')).status).toBe(200);
    expect(await use(made.token)).toBe(200);
    expect(await stateOf(made)).toBe('active');
  });

  it('is in no proposal, entry or list', async () => {
    await giveByGroup('security');
    const made = await make(it_);
    const proposal = `/api/v1/proposed-changes/${made.proposedChange?.id ?? ''}`;
    const shown = await answerOf(security.send('GET', proposal));
    expect(shown.status).toBe(200);
    await decide(security, made, 'confirm');
    const entries = [await gate.db.ledgerEntry.findMany(), await gate.db.ledgerPayload.findMany()];
    const kept = JSON.stringify([entries, await gate.db.proposedChange.findMany()], (__, value) =>
      typeof value === 'bigint' ? String(value) : (value as unknown),
    );
    for (const text of [shown.text, kept]) expect(text).not.toContain(made.token.slice(12));
  });

  it.each(['reject', 'withdraw'] as const)('never works after a %s', async (verb) => {
    await giveByGroup('security');
    const made = await make(it_);
    expect((await decide(it_, made, verb)).status).toBe(200);
    expect((await decide(security, made, 'confirm')).status).toBe(409);
    expect(await use(made.token)).toBe(401);
    expect(await stateOf(made)).toBe('not_confirmed');
  });

  it('never works when nobody confirmed it in time, or its author left', async () => {
    await giveByGroup('security');
    const late = await make(it_);
    gate.pass(7 * 24 * HOUR_MS + 1);
    security = (await signedInAs(gate, 'security')).visitor;
    expect(await stateOf(late)).toBe('not_confirmed');
    expect((await decide(security, late, 'confirm')).text).toContain('not confirmed in time');
    expect(await use(late.token)).toBe(401);
    gate.pass(-7 * 24 * HOUR_MS - 1);

    const leaves = await signedInAs(gate, 'it');
    const left = await make(leaves.visitor);
    const disabled = security.write('POST', `/api/v1/people/${leaves.id}/revoke-access`, {
      reason: 'their session was stolen',
    });
    expect((await answerOf(disabled)).status).toBe(200);
    expect((await decide(security, left, 'confirm')).status).toBe(409);
    expect(await use(left.token)).toBe(401);
    expect(await stateOf(left)).toBe('not_confirmed');
  });

  it('revoked while it waits, is not confirmed any more', async () => {
    await giveByGroup('security');
    const made = await make(it_);
    const id = made.connection.tokens[0]?.id ?? '';
    const revoked = it_.write('POST', path(`/${id}/revoke`), { reason: 'a mistake' });
    expect((await answerOf(revoked)).status).toBe(200);
    expect((await decide(security, made, 'confirm')).status).toBe(409);
    expect(await use(made.token)).toBe(401);
  });

  it('is made neither in an emergency nor by a role that is too new', async () => {
    await giveByGroup('security');
    await addPerson(gate.db, { issuer: gate.idp.issuer, subject: 'saviour', roles: ['emergency'] });
    gate.idp.account = 'saviour';
    const saviour = new Visitor(gate.origin);
    await saviour.signIn();
    const reason = { reason: 'everybody is on a plane', minutes: 30 };
    expect((await saviour.write('POST', '/api/v1/emergency-access', reason)).status).toBe(201);
    const before = await gate.db.scimToken.count();
    expect((await saviour.write('POST', path(), SCOPES)).status).toBe(403);
    expect((await saviour.write('POST', path(`/${client.tokenId}/rotate`), {})).status).toBe(403);
    const newcomer = await signedInAs(gate, 'it');
    const given = { personId: newcomer.id, role: 'it', assignedAt: new Date() } as const;
    await gate.db.personRole.deleteMany({ where: { personId: newcomer.id } });
    await gate.db.personRole.create({ data: { ...given, assignedById: newcomer.id } });
    expect((await newcomer.visitor.write('POST', path(), SCOPES)).status).toBe(403);
    expect(await gate.db.scimToken.count()).toBe(before);
  });
});

describe('rotating a token of a privileged connection', () => {
  it('leaves the old one until the new one works, and for the overlap from then on', async () => {
    await giveByGroup('security');
    const made = await rotate(2);
    expect([await use(client.token), await use(made.token)]).toEqual([200, 401]);
    gate.pass(3 * HOUR_MS);
    it_ = (await signedInAs(gate, 'it')).visitor;
    expect([await use(client.token), await use(made.token)]).toEqual([200, 401]);
    security = (await signedInAs(gate, 'security')).visitor;
    expect((await decide(security, made, 'confirm')).status).toBe(200);
    expect([await use(client.token), await use(made.token)]).toEqual([200, 200]);
    gate.pass(2 * HOUR_MS + 1000);
    expect([await use(client.token), await use(made.token)]).toEqual([401, 200]);
    gate.pass(-5 * HOUR_MS - 1000);
  });

  it('leaves the old one alone when it is rejected', async () => {
    await giveByGroup('security');
    const made = await rotate(0);
    expect((await decide(security, made, 'reject')).status).toBe(200);
    expect([await use(client.token), await use(made.token)]).toEqual([200, 401]);
  });

  it('takes a token that works: one that waits cannot be rotated to get round the wait', async () => {
    await giveByGroup('security');
    const made = await make(it_);
    const id = made.connection.tokens[0]?.id ?? '';
    expect((await it_.write('POST', path(`/${id}/rotate`), {})).status).toBe(409);
  });
});

describe('a token of any other connection', () => {
  it('works at once, also when its groups give a role that decides about nobody', async () => {
    await giveByGroup('office');
    const made = await make(it_);
    expect(made.proposedChange).toBeNull();
    expect(await use(made.token)).toBe(200);
    const next = await rotate(0);
    expect(next.proposedChange).toBeNull();
    expect([await use(client.token), await use(next.token)]).toEqual([401, 200]);
  });
});

describe('a token that exists before its connection becomes privileged', () => {
  it('works on, and anybody who confirms the mapping is told of it, and of those made since', async () => {
    const { id: groupId } = await createTestOrganisation(gate.db).addGroup();
    await gate.db.group.update({
      where: { id: groupId },
      data: { connectionId: client.connectionId },
    });
    const map = async () => {
      const body = { groupId, role: 'security', reason: 'they are the security team' };
      const mapped = await answerOf(it_.write('POST', '/api/v1/group-mappings', body));
      return mapped.body['proposedChange'] as { id: string };
    };
    const [{ id }, { token, connection }] = [await map(), await make(it_)];
    const path_ = (of: string) => `/api/v1/proposed-changes/${of}`;
    // One more token than who confirms it would know of.
    const early = security.write('POST', `${path_(id)}/confirm`, { note });
    expect((await answerOf(early)).status).toBe(409);
    const again = await map();
    const shown = await answerOf(security.send('GET', path_(again.id)));
    for (const { prefix } of await gate.db.scimToken.findMany({
      where: { connectionId: client.connectionId },
    }))
      expect(shown.text).toContain(prefix);
    expect(connection.tokens).toHaveLength(2);
    const confirmed = security.write('POST', `${path_(again.id)}/confirm`, { note });
    expect((await answerOf(confirmed)).status).toBe(200);
    expect(await use(token)).toBe(200);
    expect((await make(it_)).proposedChange).not.toBeNull();
  });
});
