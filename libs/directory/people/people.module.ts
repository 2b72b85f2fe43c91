import { Module } from '@nestjs/common';
import { peopleCommands } from './people.commands.js';
import { PeopleController } from './people.controller.js';
import { PeopleQueries } from './people.queries.js';
import { SessionController } from './session.controller.js';
import { TeamQueries } from './teams.queries.js';
import { TeamsController } from './teams.controller.js';

/** People: needs a global `Database`, `CommandRuntime` and `CONFIG`. */
@Module({
  controllers: [PeopleController, TeamsController, SessionController],
  providers: [PeopleQueries, TeamQueries, ...peopleCommands],
  exports: [...peopleCommands],
})
export class PeopleModule {}
