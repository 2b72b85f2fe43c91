import { counter, durationHistogram } from '#libs/platform/telemetry';

/** Tool calls by what was decided and what came of it. */
export const callsTotal = counter('tool_calls', 'Tool calls by decision and outcome.', [
  'protocol',
  'decision',
  'outcome',
]);

/** From the request's last byte to the reply. */
export const callDuration = durationHistogram('tool_call_duration', 'Duration of tool calls.', [
  'protocol',
]);

/** How long tool servers take. */
export const upstreamDuration = durationHistogram(
  'tool_call_upstream_duration',
  'Duration of the exchange with the tool server.',
  ['outcome'],
);
