import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as send, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from './create-api.js';
import { createOfflineApi } from './fixtures/offline-api.js';

const HOST = 'localhost:4000';
const PAGE = '<script nonce="__CSP_NONCE__" src="/assets/app-1a2b.js"></script>__CSP_NONCE__';

let dir: string;
let api: Api;
let server: Server;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gatehouse-console-'));
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'index.html'), PAGE);
  writeFileSync(join(dir, 'favicon.svg'), '<svg/>');
  writeFileSync(join(dir, '.hidden'), 'c4n4ry');
  writeFileSync(join(dir, 'assets/app-1a2b.js'), 'let x');
  api = await createOfflineApi({ consoleDir: dir });
  server = createServer(api.handler);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.close();
  await api.close();
  rmSync(dir, { recursive: true });
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

const get = (path: string, { host = HOST, method = 'GET' } = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const request = send(
      { port, host: '127.0.0.1', path, method, headers: { host } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    request.on('error', reject).end();
  });

describe('the console', () => {
  it.each(['/', '/agents', '/policy-versions/0199-aa/show', '/agents?filter={"q":"x"}'])(
    'is one page, served at %s',
    async (path) => {
      const { status, headers, text } = await get(path);
      expect(status).toBe(200);
      expect(headers['content-type']).toContain('text/html');
      expect(headers['cache-control']).toBe('no-store');
      expect(text).toContain('<script nonce=');
    },
  );

  it('has a nonce of its own in every answer, and nowhere the placeholder', async () => {
    const nonces = new Set<string>();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const { headers, text } = await get('/');
      const nonce = /nonce="([^"]+)"/.exec(text)?.[1] ?? '';
      nonces.add(nonce);
      expect(text).not.toContain('__CSP_NONCE__');
      const policy = headers['content-security-policy'] ?? '';
      expect(policy).toContain(`script-src 'self' 'nonce-${nonce}';`);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*/);
    }
    expect(nonces.size).toBe(5);
  });

  it('is the newest build, also under a running server', async () => {
    try {
      writeFileSync(join(dir, 'index.html'), PAGE.replace('app-1a2b', 'app-3c4d'));
      expect((await get('/')).text).toContain('/assets/app-3c4d.js');
    } finally {
      writeFileSync(join(dir, 'index.html'), PAGE);
    }
  });

  it('lets a browser keep what is named by its content, and nothing else', async () => {
    const asset = await get('/assets/app-1a2b.js');
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(asset.headers['x-content-type-options']).toBe('nosniff');
    expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache');
  });

  it.each([
    '/assets/gone.js',
    '/api/v1/nothing',
    '/api',
    '/api/',
    '/API/agents',
    '/api%2Fagents',
    '/api;x/agents',
    '/mcp',
    '/mcp/everything',
    '/v1/tools',
    '/v1/ability',
    '/.well-known/openid-configuration',
    '/health',
    '/access/v1/evaluation',
  ])('is not what answers at %s', async (path) => {
    const { status, headers, text } = await get(path);
    expect(status).toBe(404);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(text).not.toContain('<script');
  });

  it.each([
    ['/oauth/token', 405, 'application/json'],
    // No database has told this api the time, so it decides nothing.
    ['/scim/v2/Users', 503, 'application/scim+json'],
    ['/ssf/events', 405, 'application/json'],
  ])('is not what answers at %s: another standard does', async (path, expected, mediaType) => {
    const { status, headers, text } = await get(path);
    expect(status).toBe(expected);
    expect(headers['content-type']).toContain(mediaType);
    expect(text).not.toContain('<script');
  });

  it.each(['//mcp', '/%6dcp', '/.env', '/agents;x', '/AGENTS'])(
    'is no page at %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it.each(['/.hidden', '/%2ehidden', '/..%2f..%2fetc%2fpasswd', '/assets/..%2f.hidden'])(
    'gives no file that is not its own: %s',
    async (path) => {
      const { text } = await get(path);
      expect(text).not.toMatch(/c4n4ry|root:/);
    },
  );

  it('is only read', async () => {
    expect((await get('/', { method: 'POST' })).status).toBe(404);
  });
});

describe('another name of this installation', () => {
  it.each([
    ['/', '/'],
    ['/agents?x=1', '/agents?x=1'],
    ['/api/sign-in?returnTo=/agents', '/api/sign-in?returnTo=/agents'],
  ])('leads to the public one, where the cookie is: %s', async (path, to) => {
    const { status, headers } = await get(path, { host: '127.0.0.1:4000' });
    expect(status).toBe(302);
    expect(headers.location).toBe(`http://localhost:4000${to}`);
  });

  it.each(['//evil.test/x', String.raw`/\evil.test`])('leads nowhere from %s', async (path) => {
    expect((await get(path, { host: '127.0.0.1:4000' })).status).toBe(404);
  });

  it('is no detour for the API', async () => {
    // The API's own answer where no database has told it the time.
    expect((await get('/api/openapi.json', { host: '127.0.0.1:4000' })).status).toBe(503);
  });

  it('that is not ours is rejected', async () => {
    expect((await get('/', { host: 'evil.test' })).status).toBe(403);
  });
});

describe('the probes', () => {
  it('say that it runs, and that it is not ready without its database', async () => {
    expect((await get('/health/live')).text).toBe('{"status":"live"}');
    const { status, text } = await get('/health/ready');
    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({ code: 'unavailable' });
    expect(text).not.toMatch(/postgres:|127\.0\.0\.1:1|ECONNREFUSED/);
  });

  it('give metrics where only this machine can ask', async () => {
    const { status, text } = await get('/metrics');
    expect(status).toBe(200);
    expect(text).toContain('gatehouse_');
  });
});
