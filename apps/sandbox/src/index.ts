export { startSandbox, type Sandbox, type SandboxOptions } from './start-sandbox.js';
export {
  type DemoOrganisation,
  type SandboxAddresses,
  type SandboxPolicy,
  type SandboxToolServer,
} from './organisation/describe-organisation.js';
export { type Account } from './organisation/accounts.js';
export type { SandboxAgent } from './organisation/agents.js';
export { CONSOLE_CLIENT_ID } from './idp/clients.js';
export { issueAgentToken, type AgentCredentials } from './idp/issue-agent-token.js';
export type { SigningKeys, SigningKeyStore } from './idp/signing-keys.js';
export type { Idp } from './idp/start-idp.js';
export type { Everything } from './everything/start-everything.js';
export type { Helpdesk, SeenRequest } from './helpdesk/start-helpdesk.js';
