import type { JsonObject } from '#libs/platform/kernel';

/** Whose a session is, and at which address. Presented by anybody else, or elsewhere, it does not exist. */
export interface SessionOwner {
  readonly agentId: string;
  /** Null: the agent acts for itself. */
  readonly personId: string | null;
  readonly bindingId: string;
  /** The slug in the address; null: the address of all tool servers. */
  readonly server: string | null;
}

/** What a client said of itself when it opened its session. */
export interface DeclaredClient {
  readonly protocolVersion: string;
  readonly info: JsonObject;
  readonly capabilities: JsonObject;
}

/** A client's session. It gives no right: each request is authenticated by its token all the same. */
export interface McpSession extends SessionOwner {
  /** As the client presented it; it is in memory while a request lasts. */
  readonly id: string;
  readonly digest: string;
  readonly client: DeclaredClient;
}
