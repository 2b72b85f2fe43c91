import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHelpdesk, type Helpdesk } from './start-helpdesk.js';
import type { Ticket } from './tickets.js';

let helpdesk: Helpdesk;
beforeAll(async () => {
  helpdesk = await startHelpdesk({ port: 0 });
});
afterAll(() => helpdesk.stop());

const call = (method: string, target: string, body?: unknown): Promise<Response> =>
  fetch(`${helpdesk.url}${target}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });

const search = async (query: string): Promise<{ total: number; tickets: Ticket[] }> =>
  (await (await call('GET', `/tickets?query=${encodeURIComponent(query)}`)).json()) as never;

test('describes its five operations', async () => {
  const document = (await (await call('GET', '/openapi.json')).json()) as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  expect(document.openapi).toBe('3.1.0');
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual([
    'delete_ticket',
    'refund',
    'reply',
    'search_tickets',
    'send_email',
  ]);
});

test('finds a reply once it was made', async () => {
  expect((await search('zebra-42')).total).toBe(0);
  expect((await call('POST', '/tickets/T-1002/replies', { message: 'zebra-42' })).status).toBe(201);
  expect((await search('zebra-42')).tickets.map(({ id }) => id)).toEqual(['T-1002']);
});

test('pays a refund and deletes a ticket for good', async () => {
  const refund = { amount: 12.5, currency: 'EUR' };
  const paid = (await (await call('POST', '/tickets/T-1003/refunds', refund)).json()) as Ticket;
  expect(paid.refunds).toEqual([refund]);
  expect((await call('DELETE', '/tickets/T-1003')).status).toBe(204);
  expect((await call('DELETE', '/tickets/T-1003')).status).toBe(404);
  expect((await search('T-1003')).total).toBe(0);
});

test('sends an e-mail', async () => {
  const response = await call('POST', '/emails', { to: ['a@b.test'], subject: 's', body: 'b' });
  expect(response.status).toBe(202);
  expect(await response.json()).toMatchObject({ recipients: 1 });
});

test.each([
  ['POST', '/tickets/T-1001/refunds', { amount: '5', currency: 'EUR' }, 400],
  ['POST', '/tickets/T-1001/refunds', { amount: 5, currency: 'XXX' }, 400],
  ['POST', '/tickets/T-1001/refunds', { amount: 5, currency: 'EUR', extra: 1 }, 400],
  ['POST', '/tickets/T-1001/replies', '{', 400],
  ['POST', '/emails', { to: 'a@b.test', subject: 's', body: 'b' }, 400],
  ['GET', '/tickets?limit=0', undefined, 400],
  ['GET', '/tickets?limit=1&limit=2', undefined, 400],
  ['POST', '/tickets/T-9/replies', { message: 'm' }, 404],
  ['GET', '/nothing', undefined, 404],
  ['GET', '/tickets/%ff', undefined, 400],
  ['PUT', '/tickets/T-1001', {}, 405],
  ['POST', '/emails', 'x'.repeat(300_000), 413],
])('answers %s %s with %j as a problem of status %i', async (method, target, body, status) => {
  const response = await call(method, target, body);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({ status, detail: expect.any(String) });
});

test('remembers what it has seen, in order', async () => {
  const before = helpdesk.seen().length;
  await call('DELETE', '/tickets/T-404');
  await call('POST', '/emails', { nonsense: true });
  expect(helpdesk.seen().slice(before)).toMatchObject([
    { method: 'DELETE', target: '/tickets/T-404', body: '' },
    { method: 'POST', target: '/emails', body: '{"nonsense":true}' },
  ]);
});
