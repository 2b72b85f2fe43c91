import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

/** An IdP at the outer edge: real keys over real HTTP, and it counts what is fetched. */
export interface TestIdp {
  readonly issuer: string;
  readonly publicKey: CryptoKey;
  readonly fetches: { jwks: number; metadata: number };
  kid: string;
  privateKey: CryptoKey;
  /** What the next answers are; a test changes them to break the IdP. */
  answer: 'well' | 'error' | 'other-issuer' | 'no-keys';
  rotate(): Promise<void>;
  /** An RFC 9068 access token; `claims` replace its own. */
  accessToken(claims: Record<string, unknown>): Promise<string>;
  stop(): Promise<void>;
}

/** Starts one on a free port of the loopback. */
export const startIdp = async (): Promise<TestIdp> => {
  let keys: JWK[] = [];
  const makeKey = async (kid: string) => {
    const pair = await generateKeyPair('RS256', { extractable: true });
    keys = [{ ...(await exportJWK(pair.publicKey)), kid, use: 'sig', alg: 'RS256' }];
    return pair;
  };
  const first = await makeKey('key-1');
  const server = createServer((request, response) => {
    const isKeys = request.url === '/jwks';
    idp.fetches[isKeys ? 'jwks' : 'metadata'] += 1;
    if (idp.answer === 'error') return void response.writeHead(500).end();
    response.writeHead(200, { 'content-type': 'application/json' });
    const issuer = idp.answer === 'other-issuer' ? `${idp.issuer}/` : idp.issuer;
    response.end(
      JSON.stringify(
        isKeys
          ? idp.answer === 'no-keys'
            ? {}
            : { keys }
          : { issuer, jwks_uri: `${idp.issuer}/jwks` },
      ),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const idp: TestIdp = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publicKey: first.publicKey,
    fetches: { jwks: 0, metadata: 0 },
    kid: 'key-1',
    privateKey: first.privateKey,
    answer: 'well',
    rotate: async () => {
      idp.kid = `key-${Number(idp.kid.slice(4)) + 1}`;
      idp.privateKey = (await makeKey(idp.kid)).privateKey;
    },
    accessToken: (claims) =>
      new SignJWT({ iss: idp.issuer, client_id: 'client-1', jti: crypto.randomUUID(), ...claims })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: idp.kid })
        .setIssuedAt(claims['iat'] as number | undefined)
        .setExpirationTime((claims['exp'] as number | undefined) ?? '5m')
        .sign(idp.privateKey),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return idp;
};
