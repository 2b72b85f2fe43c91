import type { Config } from '#libs/platform/config';
import type { Writer } from '#libs/engine/ledger';
import type { Clock } from '#libs/platform/kernel';
import type { Logger } from '#libs/platform/telemetry';

/** What one gateway is told by the process that runs it. */
export interface GatewayOptions {
  readonly config: Config;
  /** The public keys of those who sign the records that it loads. */
  readonly recordKeys: readonly string[];
  readonly logger: Logger;
  /** Which process writes its ledger chains. */
  readonly writer: Writer;
  /** One id per start of the process. */
  readonly boot: string;
  /** Gatehouse's version, as MCP clients and servers are told. */
  readonly version: string;
  /** The machine's own clock when absent. */
  readonly clock?: Clock;
}
