import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCallLoad } from '../support/call-load.js';
import { commitOrder, rememberCommitTimes, type CommitOrder } from '../support/commit-order.js';
import { environmentOf, startInstallation, type Installation } from '../support/installation.js';
import { startProcess, type AppProcess } from '../support/process.js';
import { startLoadCompany, type LoadCompany } from '../support/load-company.js';
import { rightsOf, type Right } from '../support/rights.js';

// Five gateway processes and an API process on one PostgreSQL, beside the one that owns the database.
// What an administrator revokes over HTTP is looked for afterwards by the times at which PostgreSQL
// committed: a call whose allow committed after the revocation did is late, whenever each was observed.
const GATEWAYS = 5;
const BUDGET_MS = 45_000;
const CONTROL_MS = 15_000;
const GONE_MS = 120;
const PATIENCE_MS = 15_000;
const NEWEST = 'SELECT type, actor_id, data FROM ledger_entry ORDER BY id DESC LIMIT 5';

let site: Installation;
let order: CommitOrder;
let gateways: AppProcess[];
let company: LoadCompany;
let rights: Right[];
// What was started is ended, also when the next could not be.
const endings: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  site = await startInstallation();
  endings.push(() => site.stop());
  await rememberCommitTimes(site);
  order = await commitOrder(site);
  endings.push(() => order.close());
  const { envOf } = await environmentOf(site);
  // One after the other: processes that start at once starve each other on a small machine.
  const started = async (app: 'api' | 'gateway'): Promise<AppProcess> => {
    const process = await startProcess(app, envOf(app));
    endings.push(() => process.stop());
    await process.ready();
    return process;
  };
  const api = await started('api');
  gateways = [];
  while (gateways.length < GATEWAYS) gateways.push(await started('gateway'));
  company = await startLoadCompany(site, api.url, order);
  rights = rightsOf(company);
  endings.push(() => company.stop());
}, 300_000);

afterAll(async () => {
  for (const end of endings.toReversed()) await end();
});

interface Counted {
  revocations: number;
  late: number;
  kinds: Set<string>;
}

const untilCarried = async (right: Right, condition: string): Promise<void> => {
  const since = await order.now();
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 50) {
    if ((await order.allowsBetween(condition, since)) > 0) return;
    await sleep(50);
  }
  throw new Error(`no call depends on ${right.name}: ${JSON.stringify(await order.query(NEWEST))}`);
};

const revokeOnce = async (right: Right): Promise<number> => {
  const condition = right.allowed();
  await untilCarried(right, condition);
  await right.takeAway();
  const taken = await order.newestChange();
  await sleep(GONE_MS);
  const givingBack = await order.now();
  await right.giveBack();
  return order.allowsBetween(condition, taken, givingBack);
};

const revokeAtRandom = async (budgetMs: number): Promise<Counted> => {
  const counted: Counted = { revocations: 0, late: 0, kinds: new Set() };
  const load = startCallLoad(
    gateways.map(({ url }) => url),
    company.calls,
  );
  const until = Date.now() + budgetMs;
  try {
    for (let round = 0; Date.now() < until; round += 1) {
      // Each kind once, then at random.
      const index = round < rights.length ? round : Math.random() * rights.length;
      const right = rights[Math.floor(index)]!;
      counted.late += await revokeOnce(right);
      counted.revocations += 1;
      counted.kinds.add(right.name);
    }
  } finally {
    await load.stop();
  }
  expect(load.answers.get(200) ?? 0).toBeGreaterThan(100);
  return counted;
};

describe('five gateway processes under load', () => {
  it('allow nothing once an administrator has taken the right away', async () => {
    const { late, revocations, kinds } = await revokeAtRandom(BUDGET_MS);
    // oxlint-disable-next-line no-console -- how much was tried belongs beside the result
    process.stdout.write(`${revocations} revocations, ${late} late calls\n`);
    expect([...kinds].sort()).toEqual(rights.map(({ name }) => name).sort());
    expect(late).toBe(0);
  });

  it('would allow some without the guard (negative control)', async () => {
    const putBack = await order.removeGuard();
    const { late, revocations } = await revokeAtRandom(CONTROL_MS).finally(putBack);
    // oxlint-disable-next-line no-console -- how much was tried belongs beside the result
    process.stdout.write(`without the guard: ${revocations} revocations, ${late} late calls\n`);
    expect(late).toBeGreaterThan(0);
  });

  it('leave a ledger that verifies', async () => {
    expect((await site.gatehouse('audit', 'verify')).code).toBe(0);
  });
});
