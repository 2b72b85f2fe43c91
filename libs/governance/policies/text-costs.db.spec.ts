import { expect } from 'vitest';
import { cpuOfThisThread } from '#libs/dev/testing';
import { newId } from '#libs/platform/kernel';
import { PolicyVersionQueries } from './index.js';
import { createTestPublication, itWithPolicyOrganisation as it } from './policies.fixture.js';

const rule = (index: number, team: string): string =>
  `{ name: r${index}, effect: deny, agents: { teams: [${team}] }, tools: { servers: [shop] }, reason: x, when: { always: true } }`;
const textFor = (team: string): string =>
  `rules: [\n ${Array.from({ length: 500 }, (_, index) => rule(index, team)).join(',\n ')}]`;

it(
  'a long text whose names changed costs the event loop next to nothing to show (P13)',
  { timeout: 120_000 },
  async ({ shared: { db, runtime, teamId, addPerson } }) => {
    const { propose } = createTestPublication(runtime);
    const policy = { name: 'long', text: textFor('engineering'), note: 'why not' };
    const { id } = await propose.execute(await addPerson(['security']), policy);
    const reader = await addPerson(['grc']);
    const name = `team-${newId()}`;
    await db.team.update({ where: { id: teamId }, data: { name } });
    const versions = new PolicyVersionQueries(db);
    // Its rules are read once, and the threads load their files once.
    await versions.get(reader, id);
    let shown = '';
    const cpuMs = await cpuOfThisThread(async () => {
      shown = (await versions.get(reader, id)).currentText;
    });
    expect(shown).toBe(textFor(JSON.stringify(name)));
    expect(cpuMs).toBeLessThan(50);
  },
);
