import type { IncomingMessage, ServerResponse } from 'node:http';
import { clockIsOff } from '#libs/platform/db';
import { metrics } from '#libs/platform/telemetry';
import {
  jsonReply,
  problemReply,
  type HttpReply,
  type SnapshotHolder,
} from '#libs/gateway/tool-calls';
import { sendReply } from './send-reply.js';

/** What readiness depends on; all of it is in memory, so that it answers at once whatever the database does. */
export interface ProbeDeps {
  snapshots: Pick<SnapshotHolder, 'notUsableBecause' | 'newest' | 'clockSkewMs'>;
}

type Probe = (deps: ProbeDeps) => Promise<HttpReply> | HttpReply;

const notReady = (why: string): HttpReply => problemReply(503, 'unavailable', why);

const MAX_LISTED = 20;

const PROBES: ReadonlyMap<string, Probe> = new Map<string, Probe>([
  ['/health/live', () => jsonReply(200, { status: 'live' })],
  [
    '/health/ready',
    ({ snapshots }) => {
      const { notUsableBecause, newest, clockSkewMs } = snapshots;
      if (notUsableBecause === 'clock_off') return notReady(clockIsOff(clockSkewMs));
      if (notUsableBecause !== null)
        return notReady('The gateway has no fresh snapshot of the database.');
      // Unverified records allow nothing; what is as it was signed goes on.
      const unverifiedRecords = (newest?.unverified ?? []).slice(0, MAX_LISTED);
      return jsonReply(200, { status: 'ready', clockSkewMs, unverifiedRecords });
    },
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
  (deps: ProbeDeps) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    void serve(request, response, deps);
  };

// A rebound DNS name carries a name; an orchestrator asks by address (invariant G13).
const IP_HOST = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]|localhost)(?::\d+)?$/i;

const serve = async (
  request: IncomingMessage,
  response: ServerResponse,
  deps: ProbeDeps,
): Promise<void> => {
  sendReply(request, response, await answer(request, deps));
};

const answer = async (
  { method, url, headers }: IncomingMessage,
  deps: ProbeDeps,
): Promise<HttpReply> => {
  if (!IP_HOST.test(headers.host ?? ''))
    return problemReply(421, 'wrong_host', 'Probes are asked by address.');
  const probe = PROBES.get(url ?? '');
  if (probe === undefined) return problemReply(404, 'not_found', 'Not found.');
  if (method !== 'GET' && method !== 'HEAD')
    return problemReply(
      405,
      'method_not_allowed',
      'This address only takes GET and HEAD.',
      {},
      { allow: 'GET, HEAD' },
    );
  try {
    return await probe(deps);
  } catch {
    return problemReply(500, 'internal', 'The probe failed.');
  }
};
