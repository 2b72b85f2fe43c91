import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commandRoute, commandRoutes } from '#libs/engine/commands';
import { agentResource } from '../agents.controller.js';
import { BindAgent } from '../commands/bind-agent.js';
import { UnbindAgent } from '../commands/unbind-agent.js';

/** What an agent is bound to, for the console. */
@ApiTags('Agents')
@Controller('api/v1/agents/:id/bindings')
export class BindingsController extends commandRoutes(agentResource, {
  bind: commandRoute('POST', '', BindAgent, 201),
  unbind: commandRoute('POST', ':bindingId/unbind', UnbindAgent),
}) {}
