import type { Tx } from '#libs/platform/db';
import {
  assertManagedHere,
  assertTeams,
  changeOfPerson,
  updateShown,
} from '../people.repository.js';
import { changePersonSchema } from '../people.schemas.js';

/** Changes how a person is shown, and their teams; nothing of it affects identity or rights. */
export class ChangePerson extends changeOfPerson({
  name: 'change-person',
  action: 'change',
  // Teams decide what a developer sees in the console, which asks on every request.
  changesRights: false,
  emergency: { rejected: 'it decides who somebody is' },
  input: changePersonSchema,
  async run({ tx }, { id, name, email, teamIds }, person) {
    const shown = {
      ...(name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { email }),
    };
    if (Object.keys(shown).length > 0) {
      assertManagedHere(person, 'Their teams can be changed here.');
      await updateShown(tx, id, shown);
    }
    if (teamIds !== undefined) await setTeams(tx, id, teamIds);
    return {
      output: { id },
      subject: { id, name: name ?? person.name },
      facts: teamIds === undefined ? {} : { teamIds },
      changes: shown,
    };
  },
}) {}

const setTeams = async (tx: Tx, personId: string, teamIds: readonly string[]): Promise<void> => {
  await assertTeams(tx, teamIds);
  await tx.personTeam.deleteMany({ where: { personId } });
  await tx.personTeam.createMany({
    data: [...new Set(teamIds)].map((teamId) => ({ personId, teamId })),
  });
};
