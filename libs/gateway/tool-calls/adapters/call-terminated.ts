import type { TerminatedEnd } from '../tool-call-context.js';

/** What the caller of a call that was cut off is told, in either adapter. */
export const terminatedReply = ({ outcome, cut }: TerminatedEnd) => ({
  // Where nothing had left, it was rejected, as it would be now.
  status: outcome === 'unknown' ? 504 : 403,
  code: 'call_terminated',
  reason: cut.reason,
  message:
    `The right to this call was taken away while it was under way. ${cut.message} ` +
    (outcome === 'unknown'
      ? 'It may have taken effect: look at the tool server.'
      : 'The tool did not run.'),
});
