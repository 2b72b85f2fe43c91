import { Module } from '@nestjs/common';
import { agentLimitCommands } from '../agents.commands.js';
import { AgentLimits } from './agent-limits.js';

/** What the worker does about agents: needs a global `CommandRuntime`. */
@Module({ providers: [AgentLimits, ...agentLimitCommands], exports: [AgentLimits] })
export class AgentLimitsModule {}
