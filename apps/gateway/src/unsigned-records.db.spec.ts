import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { metrics } from '#libs/platform/telemetry';
import { newId } from '#libs/platform/kernel';
import { startIdp } from '#libs/dev/testing';
import {
  ATTACKS,
  ATTRIBUTE_POLICY,
  type Attack,
  type Attacker,
} from './fixtures/attacks.fixture.js';
import {
  search,
  startIdentitySuite,
  type IdentitySuite,
} from './fixtures/identity-suite.fixture.js';
import { boundText } from './fixtures/bound-names.fixture.js';
import { keepTables, type KeptTables } from './fixtures/kept-tables.fixture.js';
import { startRestServer, type RestServerFixture } from './fixtures/rest-server.fixture.js';
import { createProbeHandler } from './probes.js';
import { listen } from './fixtures/listen.fixture.js';

// The application's database role is not the policy (invariant I14): what is written as it, past the commands,
// allows nothing. The same rows, once they are signed, do: each attack's negative control.

const RECORDS =
  'policy policy_version agent binding unbound_client issuer tool_server tool kill_switch signing_key';

let suite: IdentitySuite;
let role: pg.Client;
let attacker: Attacker;
let elsewhere: RestServerFixture;
let kept: KeptTables;
let stopIdp: () => Promise<void>;

beforeAll(async () => {
  const [started, idp] = await Promise.all([startIdentitySuite(), startIdp()]);
  suite = started;
  elsewhere = await startRestServer();
  attacker = { suite, idp, serverUrl: elsewhere.url };
  stopIdp = () => idp.stop();
  role = new pg.Client({ connectionString: suite.appUrl });
  await role.connect();
  await suite.people.change(addPolicy);
  kept = await keepTables(suite.superuser, RECORDS.split(' '));
}, 60_000);

beforeEach(() => {
  for (const { seen } of [suite.gateway.rest, elsewhere]) seen.length = 0;
});

afterEach(async () => {
  await kept.putBack();
  await signAll();
});

afterAll(async () => {
  await role.end();
  await Promise.all([suite.stop(), elsewhere.stop(), stopIdp()]);
});

const addPolicy: Parameters<IdentitySuite['people']['change']>[0] = async (tx) => {
  const [policyId, at] = [newId(), new Date()];
  await tx.policy.create({
    data: { id: policyId, name: 'attributes', description: '', createdAt: at },
  });
  const version = { id: newId(), policyId, number: 1, note: '', proposedAt: at };
  await tx.team.create({ data: { id: newId(), name: 'operators' } });
  const text = await boundText(tx, ATTRIBUTE_POLICY);
  await tx.policyVersion.create({ data: { ...version, ...text, state: 'active' } });
};

const signAll = () => suite.people.change(() => Promise.resolve());

/** Writes as the application's role, and has the gateway load what was written. */
const write = async (
  statements: readonly (readonly [string, (readonly unknown[])?])[],
): Promise<void> => {
  await role.query('BEGIN');
  for (const [sql, parameters = []] of statements) await role.query(sql, [...parameters]);
  const { rows } = await role.query<{ epoch: string }>('SELECT epoch_move(true, true) AS epoch');
  await role.query('COMMIT');
  await suite.gateway.snapshots.atLeast(BigInt(rows[0]?.epoch ?? 0));
};

/** Whether a tool server sees the call. */
const isAllowed = async ({
  token,
  onBehalfOf,
  body = search,
}: Pick<Attack, 'token' | 'onBehalfOf' | 'body'>) => {
  const { status } = await suite.call(await token(attacker), {
    ...body,
    ...(onBehalfOf && { onBehalfOf: await onBehalfOf(attacker) }),
  });
  return { status: status === 200, seen: suite.gateway.rest.seen.length + elsewhere.seen.length };
};

const NOT_ALLOWED = { status: false, seen: 0 };
const ALLOWED = { status: true, seen: 1 };

// What is allowed before, and must not be by what was written.
const TAKES_AWAY: ReadonlySet<string> = new Set([
  'makes the agent absent to which a token was issued',
  'points a tool server elsewhere',
]);

const attackNamed = (name: string): Attack => {
  const attack = ATTACKS[name];
  if (attack === undefined) throw new Error(`there is no attack ${name}`);
  return attack;
};

describe('somebody who writes as the application’s database role', () => {
  it.each(Object.keys(ATTACKS))('%s: that allows nothing, unless it is signed', async (name) => {
    const attack = attackNamed(name);
    expect(await isAllowed(attack)).toEqual(TAKES_AWAY.has(name) ? ALLOWED : NOT_ALLOWED);
    suite.gateway.rest.seen.length = 0;
    await write(attack.statements(attacker));
    expect(await isAllowed(attack)).toEqual(NOT_ALLOWED);
    await signAll();
    expect(await isAllowed(attack)).toEqual(ALLOWED);
  });

  it('cannot release a kill switch', async () => {
    const coder = { token: () => suite.idpToken({ sub: 'coder' }) };
    const data = { id: newId(), scope: 'everything', reason: 'test', activatedAt: new Date() };
    await suite.people.change((tx) =>
      tx.killSwitch.create({ data: { ...data, scope: 'everything' } }),
    );
    await write([['UPDATE kill_switch SET released_at = now()']]);
    expect(await isAllowed(coder)).toEqual(NOT_ALLOWED);
    await signAll();
    expect(await isAllowed(coder)).toEqual(ALLOWED);
  });

  it('cannot use the signature of another record', async () => {
    const attack = attackNamed('inserts an active policy version');
    await write([
      ...attack.statements(attacker),
      [
        `INSERT INTO record_signature (kind, record_id, version, statement, signature)
         SELECT 'policy_version', v.id, 1, s.statement, s.signature
         FROM policy_version v, record_signature s
         WHERE v.text LIKE '%sneaked-in%' AND s.kind = 'policy_version' LIMIT 1`,
      ],
    ]);
    expect(await isAllowed(attack)).toEqual(NOT_ALLOWED);
  });

  it('cannot put a record back as it was signed before', async () => {
    const coder = { token: () => suite.idpToken({ sub: 'coder' }) };
    const id = suite.people.id('coder');
    const before = await signatureOf(id);
    await suite.people.change((tx) =>
      tx.agent.update({ where: { id }, data: { state: 'suspended' } }),
    );
    const state = [`UPDATE agent SET state = 'active' WHERE id = $1`, [id]] as const;
    const { version, statement, signature } = before;
    const put = `UPDATE record_signature SET version = $2, statement = $3, signature = $4
      WHERE kind = 'agent' AND record_id = $1`;
    await expect(write([state, [put, [id, version, statement, signature]]])).rejects.toThrow(
      'grows by one',
    );
    await role.query('ROLLBACK');
    await write([state, [put, [id, Number(version) + 2, statement, signature]]]);
    expect(await isAllowed(coder)).toEqual(NOT_ALLOWED);
    await signAll();
    expect(await isAllowed(coder)).toEqual(ALLOWED);
  });

  it.each([
    ['move the epoch back', 'UPDATE epoch SET value = 1'],
    ['move the epoch on', 'UPDATE epoch SET value = value + 1'],
    ['remove a signature', 'DELETE FROM record_signature'],
    ['remove a policy version', 'DELETE FROM policy_version'],
    ['remove an agent', 'DELETE FROM agent'],
    ['change the text of a version', `UPDATE policy_version SET text = ''`],
    ['change a binding', `UPDATE binding SET subject = 'x'`],
    ['change a pinned tool', `UPDATE tool SET operation = '{}'`],
    ['disable a trigger', 'ALTER TABLE record_signature DISABLE TRIGGER ALL'],
    ['load as a replica does', 'SET session_replication_role = replica'],
  ])('cannot %s', async (_, sql) => {
    await expect(role.query(sql)).rejects.toMatchObject({ code: '42501' });
  });
});

const signatureOf = async (id: string) => {
  const { rows } = await suite.superuser.query<{
    version: string;
    statement: string;
    signature: string;
  }>(`SELECT version, statement, signature FROM record_signature WHERE record_id = $1`, [id]);
  const [row] = rows;
  if (row === undefined) throw new Error(`${id} is not signed`);
  return row;
};

describe('a record that does not verify', () => {
  it('is named in the log, counted, and told by readiness, while the others go on', async () => {
    const id = suite.people.id('desk');
    const tellings = () =>
      suite.gateway.logs.filter(
        (line) => line.includes('not as it was signed') && line.includes(id),
      ).length;
    const before = tellings();
    await write([[`UPDATE agent SET tags = '{notes}' WHERE id = $1`, [id]]]);
    await write([]);
    expect(tellings()).toBe(before + 1);
    expect(await metrics.metrics()).toContain('gatehouse_unverified_records{kind="agent"} 1');
    const { snapshots } = suite.gateway;
    const probe = await listen(createProbeHandler({ snapshots }));
    const ready = await fetch(`${probe.url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([
      200,
      { status: 'ready', unverifiedRecords: [{ kind: 'agent', id }] },
    ]);
    await probe.stop();
    expect((await suite.call(await suite.idpToken({ sub: 'coder' }))).status).toBe(200);
  });
});
