import type { FieldProblem, Problem } from './types.js';

/** A request that failed, in words that a person can act on. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    message: string,
    /** The HTTP status, 0 when no answer came. */
    readonly status: number,
    readonly code: string,
    readonly problems: readonly FieldProblem[] = [],
    readonly traceId: string | null = null,
  ) {
    super(message);
  }

  /** What forms show beside each input; a problem without a path stays in the message. */
  get fieldErrors(): Record<string, string> {
    // Two things may be wrong with one input.
    const messages = new Map<string, Set<string>>();
    for (const { path, message } of this.problems) {
      if (path !== '') messages.set(path, (messages.get(path) ?? new Set()).add(message));
    }
    return Object.fromEntries([...messages].map(([path, all]) => [path, [...all].join(' ')]));
  }
}

export const unreachable = (): ApiError =>
  new ApiError(
    'Gatehouse did not answer. Check your connection, then try again.',
    0,
    'unreachable',
  );

interface ProposedChangeRef {
  id: string;
  explanation: string;
}

/** What was accepted and not done: it waits for a second person. Never a success of what was asked for. */
export class ChangeProposedError extends ApiError {
  constructor(
    readonly proposedChange: ProposedChangeRef,
    status: number,
  ) {
    super(
      `Nothing was changed yet: somebody else must confirm this. ${proposedChange.explanation}`,
      status,
      'change_proposed',
    );
  }
}

/** Reads the answer to a change that waits for a second person. */
export async function proposed(response: Response): Promise<ChangeProposedError> {
  const body = (await response.json()) as { proposedChange: ProposedChangeRef };
  return new ChangeProposedError(body.proposedChange, response.status);
}

/** Reads the problem+json of a failed answer, or says that it was none. */
export async function problemOf(response: Response): Promise<ApiError> {
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const body: unknown = isJson ? await response.json().catch(() => null) : null;
  if (!isProblem(body)) {
    return new ApiError(
      `Gatehouse answered with status ${response.status} and no explanation. Try again; if it stays, tell the people who run this installation.`,
      response.status,
      'internal',
    );
  }
  return new ApiError(
    body.detail || body.title,
    response.status,
    body.code,
    body.problems ?? [],
    body.traceId ?? null,
  );
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'detail' in body && 'code' in body;
