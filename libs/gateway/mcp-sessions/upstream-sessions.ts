import { SecretBox, SecretUnreadableError } from '#libs/platform/secrets';
import type { McpSession } from './mcp-session.js';
import type { SessionRows } from './session-rows.js';

/** A session at a tool server whose client's session has ended. */
export interface EndedUpstreamSession {
  readonly serverId: string;
  /** The address that it is a session at, and may be sent to. */
  readonly url: string;
  readonly session: string;
}

/**
 * The session at one tool server that belongs to a client's session, for all gateways. It is sealed with the id
 * that the client holds: no gateway needs a key, and none can use it but while it serves that client.
 */
export class KeptUpstreamSession {
  readonly #box: SecretBox;
  #sealed: string | null = null;

  constructor(
    private readonly rows: SessionRows,
    private readonly session: McpSession,
    private readonly server: { readonly id: string; readonly url: string },
  ) {
    this.#box = new SecretBox(session.id);
  }

  /** The one that is kept; null where there is none, or one of another address (invariant G6). */
  async load(): Promise<string | null> {
    this.#sealed = await this.rows.upstream(this.session.digest, this.server.id);
    return this.#sealed === null ? null : this.#open(this.#sealed);
  }

  /** Keeps one in place of what was loaded. @returns the one that is kept: another process may have been first */
  async keep(opened: string): Promise<string | null> {
    const { digest } = this.session;
    const text = JSON.stringify({ url: this.server.url, session: opened });
    const sealed = this.#box.seal(text, placeOf(digest, this.server.id));
    this.#sealed = await this.rows.keepUpstream(digest, this.server.id, sealed, this.#sealed);
    return this.#sealed === null ? null : this.#open(this.#sealed);
  }

  #open(sealed: string): string | null {
    const opened = openSealed(this.#box, sealed, placeOf(this.session.digest, this.server.id));
    return opened?.url === this.server.url ? opened.session : null;
  }
}

/** What a session was at the tool servers, with their addresses. */
export const openAll = (
  { id, digest }: McpSession,
  sealed: readonly { serverId: string; sealed: string }[],
): EndedUpstreamSession[] => {
  const box = new SecretBox(id);
  return sealed.flatMap(({ serverId, sealed: text }) => {
    const opened = openSealed(box, text, placeOf(digest, serverId));
    return opened === null ? [] : [{ serverId, ...opened }];
  });
};

const placeOf = (digest: string, serverId: string): string =>
  `mcp-upstream-session:${digest}:${serverId}`;

const openSealed = (
  box: SecretBox,
  sealed: string,
  place: string,
): { url: string; session: string } | null => {
  try {
    return JSON.parse(box.open(sealed, place)) as { url: string; session: string };
  } catch (error) {
    // Written by somebody who does not hold the session: it is worth nothing.
    if (error instanceof SecretUnreadableError) return null;
    throw error;
  }
};
