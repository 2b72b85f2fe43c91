import { assertOrphanRule, assertTeamNameIsFree, changeOfTeam } from '../teams.repository.js';
import { changeTeamSchema } from '../teams.schemas.js';

/** Renames a team, or changes what becomes of its agents when their owner leaves. */
export class ChangeTeam extends changeOfTeam({
  name: 'change-team',
  action: 'change',
  // Rules are bound to a team's id, whatever it is called.
  changesRights: false,
  emergency: { rejected: 'it decides what becomes of agents' },
  input: changeTeamSchema,
  async run({ tx }, input, team) {
    const { id, name = team.name, orphanRule = team.orphanRule } = input;
    const { orphanOwnerId = team.orphanOwnerId } = input;
    await assertTeamNameIsFree(tx, name, id);
    await assertOrphanRule(tx, { orphanRule, orphanOwnerId });
    await tx.team.update({
      where: { id },
      data: { name, orphanRule, orphanOwnerId },
      select: { id: true },
    });
    return {
      output: { id },
      subject: { id, name },
      facts: { orphanRule, orphanOwnerId },
      changes: { from: team.name, to: name },
    };
  },
}) {}
