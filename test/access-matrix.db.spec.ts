import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, newId } from '#libs/platform/kernel';
import type { CommandClass } from '#libs/engine/commands';
import { API_COMMANDS } from '../apps/api/src/index.js';
import { WORKER_COMMANDS } from '../apps/worker/src/index.js';
import { CASTS } from './support/matrix/casts.js';
import { explore, type Lab } from './support/matrix/explore.js';
import type { Finding } from './support/matrix/findings.js';
import { HeldTransaction } from './support/matrix/held-transaction.js';
import { MADE_TABLES } from './support/matrix/made-tables.js';
import type { Known } from './support/matrix/moves/known.js';
import { MOVES } from './support/matrix/moves/moves.js';
import { unknownOf } from './support/matrix/open-findings.js';
import {
  createMatrixOrganisation,
  type MatrixOrganisation,
} from './support/matrix/organisation/organisation.js';
import { openCommands, type OpenCommands } from './support/open-commands.js';

// How it works: attackers (support/matrix/casts.ts) join an organisation with something to steal of every kind
// (organisation/). Each makes the moves that give most (moves/): every command alone, and pairs of them, in one
// transaction that is undone (held-transaction.ts). Before and after, reach/ tells in sentences what they can do. What
// is new is a finding, unless it is what the command is for (rights.ts) or known to be open (open-findings.ts).
const COMMANDS: readonly CommandClass[] = [...new Set([...API_COMMANDS, ...WORKER_COMMANDS])];
const ALL = process.env['ACCESS_MATRIX'] === 'all';
const ONLY = process.env['ACCESS_MATRIX_ONLY'];
// Pairs are many: each day another share of them; `ACCESS_MATRIX=all` for every one.
const SHARE = Number(process.env['ACCESS_MATRIX_SHARE'] ?? 1000);
const DAY = Math.floor(Date.now() / DAY_MS);

let organisation: MatrixOrganisation;
let open: OpenCommands;
let lab: Lab;

beforeAll(async () => {
  organisation = await createMatrixOrganisation();
  const held = new HeldTransaction();
  open = await openCommands(organisation.database.appUrl, COMMANDS, {
    writer: held.writer,
    clock: held.clock,
  });
  lab = { organisation, held, commands: COMMANDS, make: (name) => open.make(name) };
});
afterAll(async () => {
  await open.close();
  await organisation.close();
});

// Calls on behalf of people come with the calls themselves.
const shortened = (gains: readonly string[]): string[] =>
  gains.length > 8 ? [...gains.slice(0, 8), `and ${gains.length - 8} more`] : [...gains];

const told = ({ cast, steps, gains }: Finding) =>
  [
    `${cast}:`,
    ...steps.map((step) => `  - ${step}`),
    ...shortened(gains).map((gain) => `    => ${gain}`),
  ].join('\n');

describe('what people and clients reach with their rights', () => {
  it('is tried with inputs for every command that they can run', () => {
    const names = COMMANDS.filter(({ spec }) => spec.actors !== 'system').map(
      ({ spec }) => spec.name,
    );
    expect(Object.keys(MOVES).toSorted()).toEqual([...new Set(names)].toSorted());
  });

  it('is tried with inputs of the form that each command takes', () => {
    const nothing = Object.fromEntries(MADE_TABLES.map((table) => [table, newId()]));
    const ids = { me: newId(), mate: newId(), spare: newId(), own: newId() };
    const known = { ...ids, alert: newId(), emergency: newId(), the: () => newId() };
    const wrong = COMMANDS.flatMap(({ spec }) =>
      (MOVES[spec.name]?.({ ...known, made: nothing as Known['made'] }) ?? [])
        .filter((input) => !spec.input.safeParse(input).success)
        .map((input) => `${spec.name} ${JSON.stringify(input)}`),
    );
    expect(wrong).toEqual([]);
  });

  it.each(CASTS.filter(({ name }) => ONLY === undefined || ONLY.split(',').includes(name)))(
    '$name',
    { timeout: 3_600_000 },
    async (cast) => {
      const explored = await explore(lab, cast, (place) => ALL || place % SHARE === DAY % SHARE);
      const { findings, ...counts } = explored;
      process.stdout.write(
        `${cast.name}: ${JSON.stringify(counts)}\n${findings.map(told).join('\n')}\n`,
      );
      expect(unknownOf(findings).map(told)).toEqual([]);
    },
  );

  it('is told of those who disabled whom they could, and are alone but for last holders', async () => {
    const cast = CASTS.find(({ waitsHours }) => waitsHours !== undefined) as (typeof CASTS)[number];
    const activeAfter: string[] = [];
    const before = async (...[of, members]: Parameters<NonNullable<typeof cast.before>>) => {
      await cast.before?.(of, members);
      const held = { disabledAt: null, roles: { some: {} } };
      const left = await of.held.tx.person.findMany({ where: held, select: { name: true } });
      activeAfter.push(...left.map(({ name }) => name));
    };
    await explore({ ...lab, commands: [] }, { ...cast, before }, () => false);
    expect(activeAfter.toSorted()).toEqual(['Sven of security', 'attacker']);
  });

  it('is told of a command that asks nobody any more (negative control)', async () => {
    const commands = COMMANDS.filter(({ spec }) => spec.name === 'bind-agent');
    const [{ spec }] = commands as [CommandClass];
    const { secondPerson } = spec as unknown as { secondPerson: { ask: unknown } };
    const { ask } = secondPerson;
    const one = CASTS.find(({ name }) => name === 'one of it') as (typeof CASTS)[number];
    const gainsNow = async () =>
      (await explore({ ...lab, commands }, one, () => false)).findings.flatMap(
        ({ gains }) => gains,
      );
    expect(await gainsNow()).toEqual([]);
    secondPerson.ask = () => null;
    try {
      expect(await gainsNow()).toContain('call bank/pay with payer');
    } finally {
      secondPerson.ask = ask;
    }
  });
});
