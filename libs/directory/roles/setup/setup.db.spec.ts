import { HOUR_MS, newId, systemActor, type Role } from '#libs/platform/kernel';
import { describe, expect } from 'vitest';
import { AssignRole } from '../assignment/commands/assign-role.js';
import { WithdrawRole } from '../assignment/commands/withdraw-role.js';
import { itWithInstallation as it, type TestInstallation } from '../roles.fixture.js';
import { ClaimOwnership } from './commands/claim-ownership.js';
import { MakeSetupCode } from './commands/make-setup-code.js';

let gate: TestInstallation;
let make: MakeSetupCode;
let claim: ClaimOwnership;
const system = systemActor('setup');
const reason = 'the first of them';

it.beforeEach(async ({ shared }) => {
  gate = shared;
  await gate.empty();
  make = new MakeSetupCode(gate.runtime);
  claim = new ClaimOwnership(gate.runtime);
});

const claimant = (subject = 'someone') => ({
  issuer: 'https://idp.test',
  subject,
  email: 'ada@example.test',
  name: 'Ada',
});
const newCode = () => make.execute(system, { keepValid: false });
const claimWith = (code: string, who: object = claimant()) =>
  claim.execute(system, { code, claimant: who });
const owners = () => gate.db.personRole.findMany({ where: { role: 'owner' } });

describe('the setup code', () => {
  it('makes a person who signed in at the IdP the owner, once, with an alert', async () => {
    const { code } = await newCode();
    expect(code).toMatch(/^([A-Z2-9]{4}-){7}[A-Z2-9]{4}$/);
    expect(await claimWith(code.toLowerCase().replaceAll('-', ' '))).toEqual({ claimed: true });
    const [owner] = await owners();
    expect(
      await gate.db.personIdentity.findFirstOrThrow({ where: { subject: 'someone' } }),
    ).toMatchObject({
      personId: owner?.personId,
      issuer: 'https://idp.test',
      linkedBy: 'setup_code',
    });
    expect(await gate.db.alert.findFirstOrThrow()).toMatchObject({ kind: 'setup_code_used' });
    await expect(claimWith(code, claimant('another'))).rejects.toMatchObject({ code: 'forbidden' });
    expect(await owners()).toHaveLength(1);
  });

  it('is nowhere in the database, the ledger included', async () => {
    const { code } = await newCode();
    await claimWith('a wrong one');
    await claimWith(code);
    const [kept, entries, payloads] = [
      await gate.db.setupCode.findMany(),
      await gate.db.ledgerEntry.findMany(),
      await gate.db.ledgerPayload.findMany(),
    ];
    const text = JSON.stringify([kept, entries, payloads], (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(text).toContain('Ada');
    expect(text).not.toContain(code);
    expect(text).not.toContain(code.replaceAll('-', ''));
    expect(text).not.toContain('a wrong one');
  });

  it('is void after ten wrong tries, however many come at once', async () => {
    const { code } = await newCode();
    const tries = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => claimWith(`GUESS-${index}`, claimant(`x${index}`))),
    );
    const spent = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(spent).toHaveLength(10);
    expect(spent.every(({ claimed }) => !claimed)).toBe(true);
    await expect(claimWith(code)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await owners()).toEqual([]);
    expect(await gate.db.person.count()).toBe(0);
    expect(await gate.db.alert.findMany()).toMatchObject([{ kind: 'setup_code_invalidated' }]);
  });

  it('makes one owner when two come with it at the same moment', async () => {
    const { code } = await newCode();
    const tries = await Promise.allSettled([
      claimWith(code, claimant('one')),
      claimWith(code, claimant('two')),
    ]);
    expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await owners()).toHaveLength(1);
    expect(await gate.db.person.count()).toBe(1);
  });

  it('lasts a day, and is voided by a newer one', async () => {
    const older = await newCode();
    const newer = await newCode();
    expect(await claimWith(older.code)).toEqual({ claimed: false, attemptsLeft: 9 });
    gate.pass(24 * HOUR_MS);
    await expect(claimWith(newer.code)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await owners()).toEqual([]);
  });

  it('stays what it is when another process starts', async () => {
    const { code } = await newCode();
    await expect(make.execute(system, { keepValid: true })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await claimWith(code)).toEqual({ claimed: true });
  });

  it('is neither made nor taken once it and security are held', async () => {
    const { code } = await newCode();
    await gate.person(['it', 'security']);
    await expect(newCode()).rejects.toMatchObject({ code: 'conflict' });
    await expect(claimWith(code)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await owners()).toEqual([]);
  });

  it('is made by nobody but the system', async () => {
    const everything = await gate.person(['owner', 'grc', 'emergency']);
    for (const [command, input] of [
      [make, { keepValid: false }],
      [claim, { code: 'x', claimant: { personId: everything.id } }],
    ] as const) {
      await expect(command.execute(everything, input)).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await gate.db.setupCode.count()).toBe(0);
  });

  it.each<[string, string, object]>([
    ['no code', '', claimant()],
    ['a very long code', 'A'.repeat(101), claimant()],
    ['an issuer that is no address', 'A', { ...claimant(), issuer: 'idp' }],
    ['no subject', 'A', { ...claimant(), subject: '' }],
    ['a person and an identity', 'A', { ...claimant(), personId: newId() }],
  ])('is not even looked at with %s', async (_, code, who) => {
    await newCode();
    await expect(claimWith(code, who)).rejects.toMatchObject({ code: 'invalid_input' });
    expect((await gate.db.setupCode.findFirstOrThrow()).failures).toBe(0);
  });

  it('gives an installation back that lost its last holder, also to somebody known', async () => {
    const known = await gate.person(['grc']);
    const lost = await gate.person(['owner']);
    const { code } = await newCode();
    expect(await claimWith(code, { personId: known.id })).toEqual({ claimed: true });
    expect(await owners()).toMatchObject([{ personId: known.id }]);
    expect(lost.id).not.toBe(known.id);
  });
});

describe('the owner', () => {
  const appoint = (owner: { id: string; name: string }, personId: string, role: Role) =>
    new AssignRole(gate.runtime).execute(
      { kind: 'person', id: owner.id, name: owner.name, roles: ['owner'], teamIds: [] },
      { personId, role, reason },
    );

  it('appoints the first two of each role, settled at once, and is retired by the last needed', async () => {
    const { code } = await newCode();
    await claimWith(code);
    const owner = await gate.db.person.findFirstOrThrow();
    const appointed = ['it', 'security', 'grc', 'developer', 'office', 'it', 'security'] as const;
    for (const role of appointed) {
      expect(await owners()).toHaveLength(1);
      await appoint(owner, (await gate.person()).id, role);
    }
    expect(await owners()).toEqual([]);
    expect(await gate.entry('assign-role')).toMatchObject({
      data: { facts: { settledAtOnce: true, ownerRetired: true } },
    });
    const rows = await gate.db.personRole.findMany();
    expect(rows.map(({ settledAtOnce }) => settledAtOnce)).toEqual(appointed.map(() => true));
    await expect(newCode()).rejects.toMatchObject({ code: 'conflict' });
  });

  it('appoints no third to a role, and never themselves', async () => {
    const owner = await gate.person(['owner']);
    const [one, two, three] = [await gate.person(), await gate.person(), await gate.person()];
    await appoint(owner, one.id, 'it');
    await expect(appoint(owner, owner.id, 'it')).rejects.toMatchObject({ code: 'forbidden' });
    await appoint(owner, two.id, 'it');
    await expect(appoint(owner, three.id, 'it')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(appoint(owner, owner.id, 'security')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(appoint(owner, two.id, 'owner')).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('may go when it and security are held, not before, and cannot come back', async () => {
    const owner = await gate.person(['owner']);
    const withdraw = new WithdrawRole(gate.runtime);
    const go = () => withdraw.execute(owner, { personId: owner.id, role: 'owner', reason });
    await appoint(owner, (await gate.person()).id, 'it');
    await expect(go()).rejects.toMatchObject({ code: 'conflict' });
    await appoint(owner, (await gate.person()).id, 'security');
    await go();
    expect(await owners()).toEqual([]);
    const everything = await gate.person(['it', 'security', 'owner']);
    await expect(
      new AssignRole(gate.runtime).execute(everything, {
        personId: owner.id,
        role: 'owner',
        reason,
      }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('takes no role but their own back', async () => {
    const [owner, other] = [await gate.person(['owner']), await gate.person(['grc'])];
    await expect(
      new WithdrawRole(gate.runtime).execute(owner, { personId: other.id, role: 'grc', reason }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
