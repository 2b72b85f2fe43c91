import { Global, Module } from '@nestjs/common';
import { Authenticator } from '#libs/http';
import { IdentityProvider } from './identity-provider.js';
import { PeopleDirectory } from './people-directory.js';
import { SessionAuthenticator } from './session-authenticator.js';
import { signInCommands } from './sign-in.commands.js';
import { SignInController } from './sign-in.controller.js';
import { SignInGuard } from './sign-in.guard.js';
import { SignInService } from './sign-in.service.js';

/** Sign-in: needs a global `Database`, `CommandRuntime`, `RefusalCounter` and `CONFIG`. */
@Global()
@Module({
  controllers: [SignInController],
  providers: [
    IdentityProvider,
    PeopleDirectory,
    SignInGuard,
    SignInService,
    ...signInCommands,
    { provide: Authenticator, useClass: SessionAuthenticator },
  ],
  exports: [Authenticator, ...signInCommands],
})
export class SignInModule {}
