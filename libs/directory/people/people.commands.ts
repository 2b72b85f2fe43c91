import type { CommandClass } from '#libs/engine/commands';
import { AddPerson } from './commands/add-person.js';
import { AddTeam } from './commands/add-team.js';
import { ChangePerson } from './commands/change-person.js';
import { ChangeTeam } from './commands/change-team.js';
import { ConfirmIdentity } from './commands/confirm-identity.js';
import { DisablePerson } from './commands/disable-person.js';
import { EnablePerson } from './commands/enable-person.js';
import { RejectIdentity } from './commands/reject-identity.js';
import { RevokePersonAccess } from './commands/revoke-person-access.js';

/** Every change of people and teams. */
export const peopleCommands = [
  AddTeam,
  ChangeTeam,
  AddPerson,
  ChangePerson,
  DisablePerson,
  EnablePerson,
  RevokePersonAccess,
  ConfirmIdentity,
  RejectIdentity,
] as const satisfies readonly CommandClass[];
