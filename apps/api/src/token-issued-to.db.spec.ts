import 'reflect-metadata';
import { newId } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signEverything } from './fixtures/sign-everything.fixture.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import {
  askToken,
  assertionOf,
  openTokenCompany,
  type TokenAgent,
  type TokenCompany,
} from './fixtures/token-company.fixture.js';

let database: TestDatabase;
let api: TestApi;
let company: TokenCompany;
let bindingId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startTestApi(database.appUrl);
  company = await openTokenCompany(api);
  bindingId = newId();
  const { helper, issuerId } = company;
  const row = { id: bindingId, agentId: helper.id, issuerId, subject: 'helper-app' };
  await api.db.binding.create({ data: { ...row, kind: 'client', createdAt: new Date() } });
  await signEverything(api.db);
});

afterAll(async () => {
  await api.close();
  await company.close();
  await database.drop();
});

/** The agent, by its key, exchanges a token about a person. */
const actFor = async (agent: TokenAgent, subject_token: string) => {
  const { body } = await askToken(api.origin, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    subject_token,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertionOf(agent, api.origin),
  });
  return body;
};

const aboutAda = () =>
  company.idp.accessToken({ sub: 'ada', aud: api.origin, client_id: 'helper-app' });

const tokenOf = async (agent: TokenAgent): Promise<string> => {
  const { access_token } = await actFor(agent, await aboutAda());
  if (access_token === undefined) throw new Error('no token was issued');
  return access_token;
};

const suspend = async (state: 'active' | 'suspended') => {
  await api.db.agent.update({ where: { id: company.helper.id }, data: { state } });
  await signEverything(api.db);
};

describe('a token about a person that was issued to an agent’s client', () => {
  it('is exchanged by another agent with that one in the chain, and the entry says so', async () => {
    const { coder, helper } = company;
    expect(decodeJwt(await tokenOf(coder))).toMatchObject({
      act: { sub: coder.id, act: { sub: helper.id } },
      derived_from_bindings: [bindingId],
    });
    const where = { type: 'issue-token', subjectId: coder.id };
    const entry = await api.db.ledgerEntry.findFirst({ where, orderBy: { id: 'desc' } });
    expect(entry?.data).toMatchObject({ facts: { actors: [coder.id, helper.id] } });
    expect(decodeJwt(await tokenOf(helper))['act']).toEqual({ sub: helper.id });
  });

  it('is exchanged by nobody while that agent is suspended, nor is what came of it', async () => {
    const { coder } = company;
    const token = await tokenOf(coder);
    await suspend('suspended');
    expect((await actFor(coder, await aboutAda())).error).toBe('invalid_request');
    expect((await actFor(coder, token)).error).toBe('invalid_request');
    await suspend('active');
    expect((await actFor(coder, token)).error).toBeUndefined();
  });

  it('is exchanged by nobody once the binding is removed, nor is what came of it', async () => {
    const { coder } = company;
    const token = await tokenOf(coder);
    await api.db.binding.delete({ where: { id: bindingId } });
    await signEverything(api.db);
    expect((await actFor(coder, await aboutAda())).error).toBe('invalid_request');
    expect((await actFor(coder, token)).error).toBe('invalid_request');
  });
});
