import type { IncomingMessage, ServerResponse } from 'node:http';
import { metrics } from '#libs/telemetry';
import { jsonReply, problemReply, type HttpReply, type SnapshotHolder } from '#libs/tool-calls';
import { sendReply } from './send-reply.js';

type Probe = (snapshots: Pick<SnapshotHolder, 'isUsable'>) => Promise<HttpReply> | HttpReply;

const PROBES: ReadonlyMap<string, Probe> = new Map<string, Probe>([
  ['/health/live', () => jsonReply(200, { status: 'live' })],
  [
    '/health/ready',
    ({ isUsable }) =>
      isUsable
        ? jsonReply(200, { status: 'ready' })
        : problemReply(503, 'unavailable', 'The gateway has no fresh snapshot of the database.'),
  ],
  [
    '/metrics',
    async () => ({
      status: 200,
      headers: { 'content-type': metrics.contentType, 'cache-control': 'no-store' },
      body: await metrics.metrics(),
    }),
  ],
]);

/** Whether a path is one of the probes, which a process serves beside its routes. */
export const isProbe = (path: string | undefined): boolean => PROBES.has(path ?? '');

/** Serves `/health/live`, `/health/ready` and `/metrics`. */
export const createProbeHandler =
  (snapshots: Pick<SnapshotHolder, 'isUsable'>) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    void serve(request, response, snapshots);
  };

// A rebound DNS name carries a name; an orchestrator asks by address (invariant G13).
const IP_HOST = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]|localhost)(?::\d+)?$/i;

const serve = async (
  request: IncomingMessage,
  response: ServerResponse,
  snapshots: Pick<SnapshotHolder, 'isUsable'>,
): Promise<void> => {
  sendReply(request, response, await answer(request, snapshots));
};

const answer = async (
  { method, url, headers }: IncomingMessage,
  snapshots: Pick<SnapshotHolder, 'isUsable'>,
): Promise<HttpReply> => {
  if (!IP_HOST.test(headers.host ?? ''))
    return problemReply(421, 'wrong_host', 'Probes are asked by address.');
  const probe = PROBES.get(url ?? '');
  if (probe === undefined)
    return problemReply(404, 'not_found', 'There is nothing at this address.');
  if (method !== 'GET')
    return problemReply(
      405,
      'method_not_allowed',
      'This address only takes GET.',
      {},
      { allow: 'GET' },
    );
  try {
    return await probe(snapshots);
  } catch {
    return problemReply(500, 'internal', 'The probe failed.');
  }
};
