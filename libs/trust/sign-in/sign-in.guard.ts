import { Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { OIDC } from './oidc.strategy.js';

/**
 * Runs Passport's strategy: on the way out it answers with the redirect to the IdP itself; otherwise it
 * leaves a `SignInAttempt` on the request and lets it pass, for the controller to answer.
 */
@Injectable()
export class SignInGuard extends AuthGuard(OIDC) {}
