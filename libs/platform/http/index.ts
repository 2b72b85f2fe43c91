// Routes: @Controller('api/v1/agents'), then on each method
//   @Get(':id') @RequirePermission('read', 'Agent') @ApiAnswer(200, agentDetailSchema)
//   get(@CurrentActor() actor: PersonActor, @Param({ schema: idParamsSchema }) { id }: z.infer<…>)
// A route that runs a command is one line: `commandRoute` of libs/engine/commands.
// Every @Body, @Query and @Param carries `{ schema }`; the process does not start otherwise.
export {
  ApiAnswer,
  Probe,
  Public,
  RequireMachine,
  RequirePermission,
  RequireSignIn,
} from './routes/declarations.js';
export { CurrentActor } from './access/current-actor.decorator.js';
export { Authenticator, type PersonActor, type SignedIn } from './access/authenticator.js';
export { MachineAuthenticator } from './access/machine-authenticator.js';
/** For an authenticator that admits browsers: what the access guard asks of every write. */
export { assertWriteIsOurs } from './access/write-check.js';
export type { Protocol } from './server/protocol.js';
export { BodyError } from './errors.js';
export { WriteRejections, type WriteRejection } from './access/write-rejections.js';
export { HttpModule } from './http.module.js';
export { HTTP_OPTIONS, type HttpOptions } from './server/http-options.js';
export { HTTP_LOGGER } from './server/http-logger.js';
export { createHttpApp } from './server/create-http-app.js';
export { pageCsp } from './server/security-headers.js';
export { routesOfApplication, type ApiRoute } from './routes/api-route.js';
export { undeclared } from './routes/undeclared.js';
export { asDomainError } from './errors/as-domain-error.js';
export { statusOf, type ProblemDetails } from './errors/problem.js';
export {
  idParamsSchema,
  idSchema,
  lineSchema,
  pageOf,
  pageQuerySchema,
  personRefSchema,
  problemSchema,
  reasonSchema,
  refSchema,
  slugSchema,
  textSchema,
  timeSchema,
} from './schemas.js';
/** What is accepted and not done. */
export { AcceptedError } from './errors/accepted.js';
