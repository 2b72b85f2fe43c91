import { DAY_MS, newId, SCIM_SCOPES, type ScimScope } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { createHash, randomBytes } from 'node:crypto';
import { startTestApi, type TestApi } from '../fixtures/test-api.js';

/** An answer of the SCIM server. */
export interface ScimReply {
  status: number;
  headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- a resource of any type, looked at by expectations
  body: any;
}

/** For specs: a provisioning client with a token of its own. */
export interface TestScimClient {
  connectionId: string;
  token: string;
  tokenId: string;
  send: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<ScimReply>;
}

/** For specs: the API with SCIM, on a database of its own. */
export interface ScimGate extends TestApi {
  readonly database: TestDatabase;
  readonly connect: (scopes?: readonly ScimScope[]) => Promise<TestScimClient>;
}

/** For specs: starts it. */
export const startScimGate = async (): Promise<ScimGate> => {
  const database = await createTestDatabase();
  const gate = await startTestApi(database.appUrl);
  const connect = async (scopes: readonly ScimScope[] = SCIM_SCOPES): Promise<TestScimClient> => {
    const connectionId = newId();
    const tokenId = newId();
    const token = `gh_scim_${randomBytes(32).toString('base64url')}`;
    const now = new Date();
    await gate.db.scimConnection.create({
      data: { id: connectionId, name: `connection ${connectionId}`, kind: 'other', createdAt: now },
    });
    await gate.db.scimToken.create({
      data: {
        id: tokenId,
        connectionId,
        tokenHash: createHash('sha256').update(token).digest(),
        prefix: token.slice(0, 12),
        scopes: [...scopes],
        createdAt: now,
        activatedAt: now,
        expiresAt: new Date(now.getTime() + DAY_MS),
      },
    });
    const send: TestScimClient['send'] = async (method, path, body, headers = {}) => {
      const answer = await fetch(`${gate.origin}/scim/v2${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return {
        status: answer.status,
        headers: answer.headers,
        body: text === '' ? null : JSON.parse(text),
      };
    };
    return { connectionId, token, tokenId, send };
  };
  const close = async () => {
    await gate.close();
    await database.drop();
  };
  return { ...gate, database, connect, close };
};
