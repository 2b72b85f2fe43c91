import type { CallMethod } from '#libs/engine/ledger';
import { isUuid, unmarkNumbers } from '#libs/platform/kernel';
import type { CallDeps } from '../../deps.js';
import { ToolCallContext } from '../../tool-call-context.js';
import { CallError } from '../../errors.js';
import { abilityOf } from '../../ability.js';
import { listTools, type ListedPart } from '../../list-tools.js';
import type { OwnCalls } from '../../own-calls.queries.js';
import type { GatewayTool } from '../../snapshot/gateway-snapshot.js';
import { runAsAgent } from '../../run-as-agent.js';
import { runToolCall } from '../../run-tool-call.js';
import { credentialsOf } from '../credentials.js';
import { jsonReply, type HttpReply, type HttpRequest } from '../../http.js';
import { RestAdapter } from './rest-adapter.js';

/** What the plain HTTP adapter needs beside the steps. */
export interface RestDeps extends CallDeps {
  readonly ownCalls: Pick<OwnCalls, 'find'>;
}

/** `POST /v1/tool-calls`: one governed call. */
export const postToolCall = (http: HttpRequest, deps: RestDeps): Promise<HttpReply> =>
  runToolCall(contextOf('tools/call', http), deps);

/** `GET /v1/tools`: what the agent may call, with schemas. */
export const getTools = (http: HttpRequest, deps: RestDeps): Promise<HttpReply> =>
  runAsAgent(contextOf('tools/list', http), deps, 'now', async (ctx) => {
    const page = listTools(ctx, partOf(http));
    return jsonReply(200, {
      tools: await Promise.all(page.tools.map(describe)),
      nextCursor: page.nextCursor,
    });
  });

const describe = async (tool: GatewayTool) => ({
  server: tool.server.slug,
  name: tool.name,
  title: tool.title,
  description: tool.description,
  inputSchema: unmarkNumbers(await tool.advertisedSchema()),
  ...(tool.outputSchema === null ? {} : { outputSchema: unmarkNumbers(tool.outputSchema) }),
  annotations: unmarkNumbers(tool.annotations),
});

/** `GET /v1/ability`: the agent's own rules, packed for `compileAbility`; advice only. */
export const getAbility = (http: HttpRequest, deps: RestDeps): Promise<HttpReply> =>
  runAsAgent(contextOf('ability/get', http), deps, 'now', (ctx) =>
    jsonReply(200, abilityOf(ctx, partOf(http))),
  );

const partOf = ({ query }: HttpRequest): ListedPart => ({
  server: query.get('server'),
  cursor: query.get('cursor'),
});

/** `GET /v1/tool-calls/{id}`: the state of one of the agent's own calls. */
export const getToolCall = (http: HttpRequest, deps: RestDeps): Promise<HttpReply> =>
  runAsAgent(contextOf('tool-calls/get', http), deps, 'newest', async ({ agent, onBehalfOf }) => {
    const id = http.param ?? '';
    const personId = onBehalfOf?.person.id ?? null;
    const call = isUuid(id) ? await deps.ownCalls.find(id, agent.id, personId) : null;
    // Another agent's or person's call looks like one that never was.
    if (call === null)
      throw new CallError('not_found', 'This agent has made no call with this id. Check the id.');
    return jsonReply(200, call);
  });

const contextOf = (method: CallMethod, http: HttpRequest): ToolCallContext =>
  new ToolCallContext(new RestAdapter(method, http), credentialsOf(http));
