import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiProposed } from '#libs/engine/commands';
import { ApiAnswer, CurrentActor, RequirePermission, type PersonActor } from '#libs/platform/http';
import type { z } from 'zod';
import { AssignRole } from './assignment/commands/assign-role.js';
import { WithdrawRole } from './assignment/commands/withdraw-role.js';
import { RoleQueries } from './roles.queries.js';
import { roleAssignmentSchema, rolePageSchema, roleWithdrawalSchema } from './roles.schemas.js';

/** The role matrix, and giving and taking roles. */
@ApiTags('Roles')
@Controller('api/v1/roles')
export class RolesController {
  constructor(
    private readonly queries: RoleQueries,
    private readonly assignRole: AssignRole,
    private readonly withdrawRole: WithdrawRole,
  ) {}

  @Get()
  @RequirePermission('read', 'RoleAssignment')
  @ApiAnswer(200, rolePageSchema)
  matrix() {
    return this.queries.matrix();
  }

  @Post('assignments')
  @RequirePermission('assign', 'RoleAssignment')
  @ApiAnswer(204, null, 'They have the role, at once.')
  @ApiProposed()
  async assign(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: roleAssignmentSchema }) body: z.infer<typeof roleAssignmentSchema>,
  ) {
    await this.assignRole.execute(actor, body);
  }

  @Post('withdrawals')
  @RequirePermission('withdraw', 'RoleAssignment')
  @ApiAnswer(204, null, 'They do not have the role by assignment any more, at once.')
  async withdraw(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: roleWithdrawalSchema }) body: z.infer<typeof roleWithdrawalSchema>,
  ) {
    await this.withdrawRole.execute(actor, body);
  }
}
