import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandClass } from '#libs/engine/commands';
import { API_COMMANDS } from '../apps/api/src/index.js';
import { WORKER_COMMANDS } from '../apps/worker/src/index.js';
import { CASTS } from './support/matrix/casts.js';
import { explore, type Finding, type Lab } from './support/matrix/explore.js';
import { HeldTransaction } from './support/matrix/held-transaction.js';
import { MOVES } from './support/matrix/moves.js';
import { unknownOf } from './support/matrix/open-findings.js';
import {
  createMatrixOrganisation,
  type MatrixOrganisation,
} from './support/matrix/organisation.js';
import { openCommands, type OpenCommands } from './support/open-commands.js';

const COMMANDS: readonly CommandClass[] = [...new Set([...API_COMMANDS, ...WORKER_COMMANDS])];
const ALL = process.env['ACCESS_MATRIX'] === 'all';
const ONLY = process.env['ACCESS_MATRIX_ONLY'];
const SHARE = Number(process.env['ACCESS_MATRIX_SHARE'] ?? 200);

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

  it.each(CASTS.filter(({ name }) => ONLY === undefined || name === ONLY))(
    '$name',
    { timeout: 3_600_000 },
    async (cast) => {
      const explored = await explore(lab, cast, (place) => ALL || place % SHARE === 0);
      const { findings, ...counts } = explored;
      process.stdout.write(
        `${cast.name}: ${JSON.stringify(counts)}\n${findings.map(told).join('\n')}\n`,
      );
      expect(unknownOf(findings).map(told)).toEqual([]);
    },
  );
});
