/** People, teams, issuers and the session that the console reads. */
export { PeopleModule } from './people.module.js';
/** What the routes about people take and answer. */
export {
  issuerPageSchema,
  issuerSchema,
  listPeopleQuerySchema,
  personPageSchema,
  personSchema,
  roleSchema,
  sessionSchema,
  teamPageSchema,
  teamSchema,
} from './people.schemas.js';
/** Every change of people, teams and issuers. */
export { peopleCommands } from './people.commands.js';
/** How the installation is set up: its people, teams and trusted issuers. */
export { AddPerson } from './commands/add-person.js';
export { AddTeam } from './commands/add-team.js';
export { TrustIssuer } from './commands/trust-issuer.js';
