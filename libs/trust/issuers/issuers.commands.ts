import type { CommandClass } from '#libs/engine/commands';
import { ChangeIssuer } from './commands/change-issuer.js';
import { ConfigureSignIn } from './commands/configure-sign-in.js';
import { RemoveSignIn } from './commands/remove-sign-in.js';
import { RetireIssuer } from './commands/retire-issuer.js';
import { RestoreIssuer } from './commands/restore-issuer.js';
import { TrustIssuer } from './commands/trust-issuer.js';

/** Every change of issuers. */
export const issuerCommands = [
  TrustIssuer,
  ChangeIssuer,
  RetireIssuer,
  RestoreIssuer,
  ConfigureSignIn,
  RemoveSignIn,
] as const satisfies readonly CommandClass[];
