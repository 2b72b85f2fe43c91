/** The token endpoint, its keys, and taking tokens back. */
export { TokensModule } from './tokens.module.js';
/** The worker's part: maintaining keys and purging what has expired. */
export { TokenMaintenanceModule } from './token-maintenance.module.js';
export { TokenMaintenance } from './token-maintenance.js';
/** Every change of tokens, and those that the worker makes by itself. */
export { tokenCommands, tokenMaintenanceCommands } from './tokens.commands.js';
/** Tokens that may be used once; sign-in uses up logout tokens. */
export { useToken, wasTokenUsed } from './trust/used-token-ids.js';
/** The same for proofs of possession, as gateways record them. */
export { ProofUses } from './trust/proof-uses.js';
/** How the token endpoint reads and rejects. */
export { oauthProtocol } from './endpoint/oauth.protocol.js';
