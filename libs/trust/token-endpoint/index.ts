/** The token endpoint, its keys, and taking tokens back. */
export { TokensModule } from './tokens.module.js';
/** The worker's part: keeping keys and forgetting what has expired. */
export { TokenKeepingModule } from './token-keeping.module.js';
export { TokenKeeping } from './token-keeping.js';
/** Every change of tokens, and those that the worker makes by itself. */
export { tokenCommands, tokenKeepingCommands } from './tokens.commands.js';
/** How the token endpoint reads and refuses. */
export { oauthProtocol } from './endpoint/oauth.protocol.js';
