import type { JsonObject } from '#libs/kernel';
import { POLICY_ERROR, UNKNOWN_AGENT, UNKNOWN_TOOL, type Decision } from './decision.js';
import type { PolicySnapshot } from './snapshot.js';
import { judge } from './tool-table.js';

/** One call to be decided: ids of the registry, and arguments as `compileArguments` bound them. */
export interface DecisionRequest {
  readonly agentId: string;
  readonly toolId: string;
  readonly arguments: JsonObject;
}

/** Decides one call. Total: whatever goes wrong inside is a deny with the code `policy_error`. */
export function decide(snapshot: PolicySnapshot, request: DecisionRequest): Decision {
  try {
    const table = snapshot.table(request.agentId, request.toolId);
    if (table === 'unknown_agent') return UNKNOWN_AGENT;
    if (table === 'unknown_tool') return UNKNOWN_TOOL;
    return judge(table, request.arguments);
  } catch {
    return POLICY_ERROR;
  }
}

/** Whether the tool is among what the agent may call: some rule allows or holds it, and none always denies it. */
export function mayList(snapshot: PolicySnapshot, agentId: string, toolId: string): boolean {
  try {
    const table = snapshot.table(agentId, toolId);
    return typeof table === 'object' && table.listed;
  } catch {
    return false;
  }
}
