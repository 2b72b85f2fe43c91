import { HOUR_MS, newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson } from '../fixtures/people.js';
import { Visitor } from '../fixtures/visitor.js';
import { startScimGate, type ScimGate } from './scim.fixture.js';

let gate: ScimGate;
let it_: Visitor;
beforeAll(async () => {
  gate = await startScimGate();
  await addPerson(gate.db, { issuer: gate.idp.issuer, subject: 'it', roles: ['it'] });
  gate.idp.account = 'it';
  it_ = new Visitor(gate.origin);
  await it_.signIn();
});
afterAll(() => gate.close());

interface Shown {
  id: string;
  tokens: { id: string; prefix: string; state: string; lastUsedAt: string | null }[];
}

const write = async <T>(path: string, body: object, expected = 201): Promise<T> => {
  const answer = await it_.write('POST', path, body);
  expect(answer.status).toBe(expected);
  return (await answer.json()) as T;
};
const scim = async (token: string, method = 'GET', path = '/Users', body?: object) => {
  const answer = await fetch(`${gate.origin}/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
};

let count = 0;
const connect = async (scopes = ['users:read', 'users:write']) => {
  const { id } = await write<Shown>('/api/v1/scim-connections', {
    name: `connection ${(count += 1)}`,
    kind: 'okta',
  });
  const made = await write<{ token: string; connection: Shown }>(
    `/api/v1/scim-connections/${id}/tokens`,
    { scopes, expiresInDays: 30 },
  );
  return { id, token: made.token, tokenId: made.connection.tokens[0]?.id ?? '' };
};

describe('a SCIM token', () => {
  it('is shown once, kept as its hash, and in no answer, entry or log after that', async () => {
    const { id, token } = await connect();
    expect(token).toMatch(/^gh_scim_[A-Za-z0-9_-]{43}$/);
    expect((await scim(token)).status).toBe(200);
    const shown = await (await it_.send('GET', `/api/v1/scim-connections/${id}`)).text();
    expect(shown).toContain(token.slice(0, 12));
    const secret = token.slice(12);
    const entries = [await gate.db.ledgerEntry.findMany(), await gate.db.ledgerPayload.findMany()];
    const kept = JSON.stringify(
      [entries, await gate.db.scimToken.findMany()],
      (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
    );
    for (const text of [shown, kept, gate.lines.join('')]) expect(text).not.toContain(secret);
  });

  it('is made by nobody in an emergency, neither anew nor in the place of another', async () => {
    const { id, tokenId } = await connect();
    const { issuer } = gate.idp;
    await addPerson(gate.db, { issuer, subject: 'rescuer', roles: ['emergency'] });
    gate.idp.account = 'rescuer';
    const rescuer = new Visitor(gate.origin);
    await rescuer.signIn();
    const path = `/api/v1/scim-connections/${id}/tokens`;
    const scopes = ['users:write'];
    expect((await rescuer.write('POST', path, { scopes })).status).toBe(403);
    const opened = await rescuer.write('POST', '/api/v1/emergency-access', {
      reason: 'the whole IT team is on a plane',
      minutes: 30,
    });
    expect(opened.status).toBe(201);
    expect((await rescuer.write('POST', path, { scopes, expiresInDays: 366 })).status).toBe(403);
    expect((await rescuer.write('POST', `${path}/${tokenId}/rotate`, {})).status).toBe(403);
    expect(await gate.db.scimToken.count({ where: { connectionId: id } })).toBe(1);
  });

  it('says when it was last used, written down once a minute', async () => {
    const { id, token } = await connect();
    const usedAt = async () =>
      ((await (await it_.send('GET', `/api/v1/scim-connections/${id}`)).json()) as Shown).tokens[0]
        ?.lastUsedAt;
    expect(await usedAt()).toBeNull();
    await scim(token);
    const first = await usedAt();
    expect(first).not.toBeNull();
    await scim(token);
    expect(await usedAt()).toBe(first);
    gate.pass(61_000);
    await scim(token);
    expect(await usedAt()).not.toBe(first);
  });

  it('reaches what its scopes say, and a write beyond them is an entry', async () => {
    const { id, token } = await connect(['users:read']);
    expect((await scim(token, 'GET', '/Groups')).status).toBe(403);
    const rejected = await scim(token, 'POST', '/Users', { userName: 'x' });
    expect(JSON.parse(rejected.text)).toMatchObject({ status: '403' });
    const entry = await gate.db.ledgerEntry.findFirst({
      where: { actorId: id, actorKind: 'scim' },
    });
    expect(entry).toMatchObject({ type: 'rejected-request' });
    expect((await scim(token, 'GET', '/ServiceProviderConfig')).status).toBe(200);
  });

  it('rotates with an overlap: both work, then the new one alone', async () => {
    const { id, token, tokenId } = await connect();
    const { token: next } = await write<{ token: string }>(
      `/api/v1/scim-connections/${id}/tokens/${tokenId}/rotate`,
      { overlapHours: 2 },
    );
    expect([(await scim(token)).status, (await scim(next)).status]).toEqual([200, 200]);
    gate.pass(2 * HOUR_MS + 1000);
    expect([(await scim(token)).status, (await scim(next)).status]).toEqual([401, 200]);
    gate.pass(-2 * HOUR_MS - 1000);
    await write(`/api/v1/scim-connections/${id}/tokens/${tokenId}/revoke`, { reason: 'done' }, 200);
    await write(
      `/api/v1/scim-connections/${id}/tokens/${tokenId}/rotate`,
      { overlapHours: 1 },
      409,
    );
  });

  it('is of no use from the moment it is revoked, and expires', async () => {
    const { id, token, tokenId } = await connect();
    await write(
      `/api/v1/scim-connections/${id}/tokens/${tokenId}/revoke`,
      { reason: 'it leaked' },
      200,
    );
    const rejected = await scim(token);
    expect(rejected.status).toBe(401);
    expect(rejected.headers.get('www-authenticate')).toContain('Bearer');
    const other = await connect();
    gate.pass(31 * 24 * HOUR_MS);
    expect((await scim(other.token)).status).toBe(401);
    gate.pass(-31 * 24 * HOUR_MS);
  });

  it('revoked during a request of it, lets that commit before or not at all', async () => {
    const { id, token, tokenId } = await connect();
    const writes = Array.from({ length: 12 }, (_, index) =>
      scim(token, 'POST', '/Users', { userName: `race-${index}` }),
    );
    const revoked = write<Shown>(
      `/api/v1/scim-connections/${id}/tokens/${tokenId}/revoke`,
      { reason: 'race' },
      200,
    );
    const answers = await Promise.all(writes);
    await revoked;
    const entries = await gate.db.ledgerEntry.findMany({
      where: { OR: [{ type: 'create-scim-user', actorId: id }, { type: 'revoke-scim-token' }] },
      orderBy: { seq: 'asc' },
    });
    const end = entries.findLastIndex(({ type }) => type === 'revoke-scim-token');
    const late = entries
      .slice(end)
      .filter(
        ({ type, data }) =>
          type === 'create-scim-user' && JSON.stringify(data).includes('succeeded'),
      );
    expect(late).toEqual([]);
    for (const { status } of answers) expect([201, 401]).toContain(status);
  });

  it.each(['', 'Bearer', 'Bearer x', 'Basic eDp5', `Bearer gh_scim_${'A'.repeat(43)}`])(
    'is not %j, and that is answered as 401',
    async (authorization) => {
      const answer = await fetch(`${gate.origin}/scim/v2/Users`, { headers: { authorization } });
      expect(answer.status).toBe(401);
    },
  );

  it('of a connection whose groups give a role raises an alert, others do not', async () => {
    const { id, tokenId } = await connect();
    const [groupId, now] = [newId(), new Date()];
    const named = { displayName: groupId, displayNameFolded: groupId, connectionId: id };
    await gate.db.group.create({ data: { id: groupId, ...named, createdAt: now, updatedAt: now } });
    const mapping = { id: newId(), groupId, role: 'security', state: 'active' } as const;
    const alerts = () => gate.db.alert.findMany({ where: { kind: 'privileged_token_created' } });
    expect(await alerts()).toEqual([]);
    await gate.db.groupMapping.create({
      data: { ...mapping, proposedById: newId(), decidedAt: now },
    });
    const path = `/api/v1/scim-connections/${id}/tokens`;
    await write(path, { scopes: ['groups:write'], expiresInDays: 30 });
    await write(`${path}/${tokenId}/rotate`, { overlapHours: 1, expiresInDays: 30 });
    const raised = await alerts();
    expect(raised).toHaveLength(2);
    for (const alert of raised)
      expect(alert).toMatchObject({ subjectId: id, concernedIds: [alert.byId] });
  });

  it('is nothing that a browser session stands in for', async () => {
    expect((await it_.send('GET', '/scim/v2/Users')).status).toBe(401);
  });
});
