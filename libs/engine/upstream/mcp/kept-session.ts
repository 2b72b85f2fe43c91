import { isObject } from '#libs/platform/kernel';

import type { Outbound } from '../outbound/outbound.js';
import { McpChannel } from './mcp-channel.js';
import type { ClientInfo, KeptSession } from './mcp-era.js';
import { headersOfSession, LEGACY_VERSIONS, openSession, type Session } from './session.js';

/** The kept session, or a new one that is kept from now on; never `lost`, which the server no longer knows. */
export const openKeptSession = async (
  channel: McpChannel,
  clientInfo: ClientInfo,
  timeoutMs: number,
  { kept, lost }: { kept: KeptSession; lost: Session | undefined },
): Promise<Session> => {
  const known = read(await kept.load());
  if (known !== undefined && known.id !== lost?.id) return known;
  const opened = await openSession(channel, clientInfo, timeoutMs);
  // Without an id there is nothing that another process could use.
  if (opened.id === undefined) return opened;
  const first = read(await kept.keep(write(opened)));
  if (first?.id === opened.id) return opened;
  void channel.endSession(opened.headers);
  if (first === undefined) throw new Error('the session was ended while it was opened');
  return first;
};

/** Ends a session that is kept no longer, at the address that it was opened at. */
export const endKeptSession = async (
  outbound: Outbound,
  url: string,
  text: string,
): Promise<void> => {
  const session = read(text);
  if (session === undefined) return;
  await new McpChannel(outbound, outbound.assertUrl(url)).endSession(session.headers);
};

const write = ({ id, version }: Session): string => JSON.stringify({ id, version });

const read = (text: string | null): Session | undefined => {
  const value: unknown = text === null ? null : JSON.parse(text);
  if (!isObject(value) || typeof value['id'] !== 'string') return undefined;
  const version = LEGACY_VERSIONS.find((one) => one === value['version']);
  if (version === undefined) return undefined;
  return { id: value['id'], version, headers: headersOfSession(version, value['id']) };
};
