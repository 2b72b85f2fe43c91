import { Global, Module } from '@nestjs/common';
import { Authenticator } from '#libs/platform/http';
import { IdentityLinker } from './linking/identity-linker.js';
import { BackChannelLogout } from './logout/back-channel-logout.js';
import { BackChannelLogoutController } from './logout/back-channel-logout.controller.js';
import { OidcStrategy } from './oidc.strategy.js';
import { PeopleDirectory } from './people-directory.js';
import { IdpConnections } from './providers/idp-connections.js';
import { SignInProviders } from './providers/sign-in-providers.js';
import { SessionAuthenticator } from './session-authenticator.js';
import { signInCommands } from './sign-in.commands.js';
import { SignInController } from './sign-in.controller.js';
import { SignInGuard } from './sign-in.guard.js';
import { SignInService } from './sign-in.service.js';
import { SignInStates } from './sign-in-state.js';
import { SignOutController } from './sign-out.controller.js';
import { SignOutService } from './sign-out.service.js';

/**
 * Sign-in: needs a global `Database`, `CommandRuntime`, `RejectionCounter`, `CONFIG`, `OUTBOUND`, `SecretBox` and
 * `TokenVerifier`.
 */
@Global()
@Module({
  controllers: [SignInController, SignOutController, BackChannelLogoutController],
  providers: [
    BackChannelLogout,
    IdentityLinker,
    IdpConnections,
    OidcStrategy,
    PeopleDirectory,
    SignInGuard,
    SignInProviders,
    SignInService,
    SignInStates,
    SignOutService,
    ...signInCommands,
    { provide: Authenticator, useClass: SessionAuthenticator },
  ],
  exports: [Authenticator, ...signInCommands],
})
export class SignInModule {}
