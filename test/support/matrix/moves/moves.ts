import { AGENT_MOVES } from './agents.js';
import type { Moves } from './known.js';
import { PEOPLE_MOVES } from './people.js';
import { POLICY_MOVES } from './policies.js';
import { PROVISIONING_MOVES } from './provisioning.js';
import { TOOL_SERVER_MOVES } from './tool-servers.js';
import { TRUST_MOVES } from './trust.js';

/** For each command the inputs with which attackers gain most; a command that is not here fails the test. */
export const MOVES: Moves = {
  ...PEOPLE_MOVES,
  ...AGENT_MOVES,
  ...TOOL_SERVER_MOVES,
  ...POLICY_MOVES,
  ...TRUST_MOVES,
  ...PROVISIONING_MOVES,
};
