import { STATUS_CODES } from 'node:http';
import { applyDecorators, HttpCode, SetMetadata, type Type } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { Action, Permission, SubjectName } from '#libs/platform/access';
import type { z } from 'zod';
import type { MachineAuthenticator } from '../access/machine-authenticator.js';

/** Where a route's {@link RouteAccess} is kept. */
export const ACCESS_KEY = 'gatehouse:access';
/** Where a route's {@link RouteAnswer} is kept. */
export const ANSWER_KEY = 'gatehouse:answer';

/** Who may come to a route: anybody (to a probe also while the clock is wrong), anybody signed in, who has the permission, or whom an authenticator admits. */
export type RouteAccess =
  | { kind: 'public'; isProbe?: true }
  | { kind: 'signed_in' }
  | { kind: 'permission'; permission: Permission }
  | { kind: 'machine'; authenticator: Type<MachineAuthenticator>; scope: string | null };

/** What a route answers when all went well; without a schema it has no body of its own. */
export interface RouteAnswer {
  status: number;
  schema: z.ZodType | null;
}

const access = (value: RouteAccess) => SetMetadata(ACCESS_KEY, value);

/** Admits people who may do this to some instance; the use case still checks the instance itself. */
export const RequirePermission = (action: Action, subject: SubjectName) =>
  access({ kind: 'permission', permission: { action, subject } });

/** Lets in everybody who is signed in, whatever their roles. */
export const RequireSignIn = () => access({ kind: 'signed_in' });

/**
 * Lets in whom the authenticator admits, by what they show with each request. What that may
 * be is the authenticator's to say: SCIM's asks for a bearer token, the first set-up's for a sign-in at the IdP.
 */
export const RequireMachine = (
  authenticator: Type<MachineAuthenticator>,
  scope: string | null = null,
) => access({ kind: 'machine', authenticator, scope });

/** Lets in everybody, signed in or not. */
export const Public = () => access({ kind: 'public' });

/** As {@link Public}, for what says whether the process works: also while it can decide nothing. */
export const Probe = () => access({ kind: 'public', isProbe: true });

/**
 * Says what the route answers: the schema documents the answer and every answer is parsed by it, so
 * an undeclared field never leaves. `null` is for an answer without a body of ours (204, 302).
 */
export const ApiAnswer = (
  status: number,
  schema: z.ZodType | null,
  description = STATUS_CODES[status] ?? '',
) =>
  applyDecorators(
    HttpCode(status),
    SetMetadata(ANSWER_KEY, { status, schema } satisfies RouteAnswer),
    ApiResponse({ status, description, ...(schema ? { standardSchema: schema } : {}) }),
  );
