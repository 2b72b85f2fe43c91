import type { TerminatedEnd } from '../call-end.js';

/** What the caller of a call that was terminated is told, in either adapter. */
export const terminatedReply = ({ outcome, termination }: TerminatedEnd) => ({
  // Where nothing had left, it was rejected, as it would be now.
  status: outcome === 'unknown' ? 504 : 403,
  code: termination.reason === 'cancelled' ? 'call_cancelled' : 'call_terminated',
  reason: termination.reason,
  message:
    (termination.reason === 'cancelled'
      ? 'The call was cancelled while it was in progress. '
      : `The call lost its authorization while it was in progress. ${termination.message} `) +
    (outcome === 'unknown'
      ? 'It may have taken effect: look at the tool server.'
      : 'The tool did not run.'),
});
