import { DomainError, type DomainErrorCode } from '#libs/platform/kernel';

/** The detail error keywords of RFC 7644 §3.12 and RFC 9865 §2.1. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

/** A rejection that SCIM has a keyword for, or a status that our own list of codes has not. */
export class ScimError extends DomainError {
  readonly scimType: ScimType | null;
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: DomainErrorCode,
    message: string,
    more: { scimType?: ScimType; status?: number; headers?: Record<string, string> } = {},
  ) {
    super(code, message);
    this.scimType = more.scimType ?? null;
    this.status = more.status ?? null;
    this.headers = more.headers ?? {};
  }
}

/** A request that does not fit, with the keyword that says how. */
export const badRequest = (scimType: ScimType, message: string): ScimError =>
  new ScimError('invalid_input', message, { scimType });

/** A value that another resource has already; says nothing of whose it is. */
export const notUnique = (attribute: string): ScimError =>
  new ScimError('conflict', `The value of ${attribute} is taken. Choose another.`, {
    scimType: 'uniqueness',
  });

/** The resource is not there, or belongs to another connection: both look the same. */
export const noSuchResource = (): DomainError =>
  new DomainError('not_found', 'Not found, or this token has no access to it.');
