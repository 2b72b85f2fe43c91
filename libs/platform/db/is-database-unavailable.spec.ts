import { describe, expect, it } from 'vitest';
import { Prisma } from './generated/client.js';
import { isDatabaseUnavailable } from './is-database-unavailable.js';

const withCode = (code: string) => Object.assign(new Error('It failed.'), { code });
const ofPrisma = (code: string, meta?: Record<string, unknown>) =>
  new Prisma.PrismaClientKnownRequestError('It failed.', {
    code,
    clientVersion: '7',
    ...(meta === undefined ? {} : { meta }),
  });

describe('a database that is unavailable', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])('is what Node says: %s', (code) => {
    expect(isDatabaseUnavailable(withCode(code))).toBe(true);
  });

  it.each([
    ['connection_exception', '08000'],
    ['sqlclient_unable_to_establish_sqlconnection', '08001'],
    ['connection_does_not_exist', '08003'],
    ['sqlserver_rejected_establishment_of_sqlconnection', '08004'],
    ['connection_failure', '08006'],
    ['transaction_resolution_unknown', '08007'],
    ['protocol_violation', '08P01'],
    ['too_many_connections', '53300'],
    ['admin_shutdown', '57P01'],
    ['crash_shutdown', '57P02'],
    ['cannot_connect_now', '57P03'],
  ])('is what PostgreSQL says: %s', (_, code) => {
    expect(isDatabaseUnavailable(withCode(code))).toBe(true);
    expect(isDatabaseUnavailable({ kind: 'postgres', originalCode: code })).toBe(true);
    expect(isDatabaseUnavailable({ kind: 'postgres', code: 'other', originalCode: code })).toBe(
      true,
    );
  });

  it.each(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'])(
    'is what Prisma says: %s',
    (code) => {
      expect(isDatabaseUnavailable(ofPrisma(code))).toBe(true);
    },
  );

  it("is what Prisma's driver says", () => {
    expect(isDatabaseUnavailable({ kind: 'DatabaseNotReachable' })).toBe(true);
    const driverAdapterError = { name: 'DriverAdapterError', cause: { originalCode: '57P01' } };
    expect(isDatabaseUnavailable(ofPrisma('P2010', { driverAdapterError }))).toBe(true);
  });

  it('is found among the causes, and no deeper than four of them', () => {
    const below = (depth: number): Error =>
      depth === 0
        ? withCode('ECONNREFUSED')
        : new Error(`level ${String(depth)}`, { cause: below(depth - 1) });
    expect(isDatabaseUnavailable(below(4))).toBe(true);
    expect(isDatabaseUnavailable(below(5))).toBe(false);
    const loop: { cause?: unknown } = {};
    loop.cause = loop;
    expect(isDatabaseUnavailable(loop)).toBe(false);
  });
});

describe('a database that answers', () => {
  it.each([
    ['a unique value used twice', ofPrisma('P2002', { target: ['name'] })],
    ['a write conflict', ofPrisma('P2034')],
    ['a query of ours that is wrong', withCode('42601')],
    ['a statement that was cancelled', withCode('57014')],
    ['a code that only begins alike', withCode('ECONNREFUSED2')],
    ['an error without a code', new Error('ECONNREFUSED')],
    ['a code that is a number', { code: 53300 }],
    ['an empty meta', { code: 'P2010', meta: null }],
    ['a text', 'ECONNREFUSED'],
    ['nothing', undefined],
    ['null', null],
  ])('is not: %s', (_, error) => {
    expect(isDatabaseUnavailable(error)).toBe(false);
  });
});
