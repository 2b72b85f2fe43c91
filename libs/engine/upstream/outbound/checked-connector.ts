import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { callbackify } from 'node:util';

import { buildConnector } from 'undici';

import { UpstreamError } from '../errors.js';
import type { AddressRules } from './address-rules.js';
import { literalAddress, OUT_OF_BOUNDS } from './outbound-url.js';
import { skipInterimAnswers } from './skip-interim.js';

/** One address that a name resolved to. */
export interface ResolvedAddress {
  address: string;
  family: number;
}

/** Resolves a host name to all its addresses. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

export const systemResolve: Resolve = (hostname) => systemLookup(hostname, { all: true });

/**
 * A connector whose sockets know no resolver but one that checks: the addresses that were checked are
 * the addresses that are dialled, so a name that changes its mind between the two gains nothing. One
 * address out of bounds rejects the name: honest names do not mix public and private addresses.
 */
export const checkedConnector = (options: {
  canConnect: AddressRules;
  resolve: Resolve;
  connectTimeoutMs: number;
}): buildConnector.connector => {
  const { canConnect, resolve, connectTimeoutMs } = options;
  const evaluate = callbackify(async (hostname: string): Promise<ResolvedAddress[]> => {
    const addresses = await resolve(hostname).catch((error: unknown) => {
      throw noAddress(error);
    });
    if (addresses.length === 0) throw noAddress();
    if (!addresses.every(({ address }) => canConnect(address))) throw outOfBounds();
    return addresses;
  });
  const lookup: LookupFunction = (hostname, { all }, callback) => {
    evaluate(
      hostname,
      (error: NodeJS.ErrnoException | null, addresses: ResolvedAddress[] | undefined) => {
        const [first] = addresses ?? [];
        if (error !== null || addresses === undefined || first === undefined)
          callback(error ?? noAddress(), '', 0);
        else if (all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
    );
  };
  const connect = buildConnector({
    lookup,
    autoSelectFamily: true,
    timeout: connectTimeoutMs,
    allowH2: false,
  });
  return (target, callback) => {
    const literal = literalAddress(target.hostname); // never looked up, so checked here
    if (literal !== undefined && !canConnect(literal)) callback(outOfBounds(), null);
    else
      connect(target, (...connected) => {
        if (connected[0] === null) callback(null, skipInterimAnswers(connected[1]));
        else callback(...connected);
      });
  };
};

const outOfBounds = (): UpstreamError =>
  new UpstreamError('upstream_failed', OUT_OF_BOUNDS, 'none');

const noAddress = (cause?: unknown): UpstreamError =>
  new UpstreamError(
    'upstream_failed',
    "The tool server's host name could not be resolved; check the address it was registered with.",
    'none',
    { cause },
  );
