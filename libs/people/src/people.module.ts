import { Module } from '@nestjs/common';
import { peopleCommands } from './people.commands.js';
import { PeopleController } from './people.controller.js';
import { PeopleQueries } from './people.queries.js';
import { SessionController } from './session.controller.js';

/** People: needs a global `Database`, `CommandRuntime` and `CONFIG`. */
@Module({
  controllers: [PeopleController, SessionController],
  providers: [PeopleQueries, ...peopleCommands],
  exports: [...peopleCommands],
})
export class PeopleModule {}
