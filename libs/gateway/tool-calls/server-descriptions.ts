import type { ServerDescription } from '#libs/engine/upstream';
import type { GatewayServer } from './snapshot/gateway-snapshot.js';

interface Known {
  readonly url: string;
  readonly askedAtMs: number;
  readonly described: Promise<ServerDescription | null>;
}

const KEPT_MS = 60_000;
const MAX_KNOWN = 1_000;

/** What tool servers say of themselves, each asked once a minute at most, however many clients want to know. */
export class ServerDescriptions {
  readonly #known = new Map<string, Known>();

  constructor(private readonly ask: (server: GatewayServer) => Promise<ServerDescription>) {}

  /** Null when it cannot be had. */
  of(server: GatewayServer): Promise<ServerDescription | null> {
    const known = this.#known.get(server.id);
    const nowMs = performance.now();
    if (known?.url === server.url && nowMs - known.askedAtMs < KEPT_MS) return known.described;
    const described = this.ask(server).catch(() => null);
    this.#known.delete(server.id);
    this.#known.set(server.id, { url: server.url, askedAtMs: nowMs, described });
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest);
    return described;
  }
}
