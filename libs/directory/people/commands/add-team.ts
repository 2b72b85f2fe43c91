import { command } from '#libs/engine/commands';
import { newId } from '#libs/platform/kernel';
import { registerTeamSchema } from '../teams.schemas.js';
import { assertOrphanRule, assertTeamNameIsFree } from '../teams.repository.js';

/** Adds a team, with the rule for agents whose owner leaves. */
export class AddTeam extends command({
  name: 'add-team',
  permission: { action: 'register', subject: 'Team' },
  changesRights: false,
  emergency: { stays: 'a team gives nobody a right by itself' },
  creates: true,
  input: registerTeamSchema,
  load: () => ({ id: newId() }),
  async run({ tx }, { name, orphanRule, orphanOwnerId }, { id }) {
    await assertTeamNameIsFree(tx, name, id);
    await assertOrphanRule(tx, { orphanRule, orphanOwnerId });
    await tx.team.create({ data: { id, name, orphanRule, orphanOwnerId } });
    return { output: { id }, subject: { id, name }, facts: { orphanRule, orphanOwnerId } };
  },
}) {}
