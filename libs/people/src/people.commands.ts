import type { CommandClass } from '#libs/commands';
import { AddPerson } from './commands/add-person.js';
import { AddTeam } from './commands/add-team.js';
import { TrustIssuer } from './commands/trust-issuer.js';

/** Every change of people, teams and issuers. */
export const peopleCommands = [
  AddTeam,
  AddPerson,
  TrustIssuer,
] as const satisfies readonly CommandClass[];
