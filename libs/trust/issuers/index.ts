/** Trusted issuers: their routes and commands. */
export { IssuersModule } from './issuers.module.js';
/** Every change of issuers. */
export { issuerCommands } from './issuers.commands.js';
/** How the installation is set up with its first issuer, and how that is brought up to date. */
export { TrustIssuer } from './commands/trust-issuer.js';
export { ChangeIssuer } from './commands/change-issuer.js';
/** What the routes about issuers take and answer. */
export {
  changeIssuerSchema,
  configureSignInSchema,
  issuerDetailSchema,
  issuerPageSchema,
  issuerSchema,
  issuerTestSchema,
  restoreIssuerSchema,
  retireIssuerSchema,
  testIssuerSchema,
  trustIssuerSchema,
} from './issuers.schemas.js';
