import type { Request } from 'express';

/** Admits to the routes of one protocol by what each request shows; a feature provides its own. */
export abstract class MachineAuthenticator {
  /** Whether who it is stands in the body, which is then read before, and may be 16 KiB. */
  readonly asksTheBody: boolean = false;

  /** Throws when the request shows nothing good enough for `scope`; may leave who it is on the request. */
  abstract admit(request: Request, scope: string | null): Promise<void>;
}
