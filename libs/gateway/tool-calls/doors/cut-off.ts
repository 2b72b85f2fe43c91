import type { CutOffEnd } from '../exchange.js';

/** What the caller of a call that was cut off is told, in either door. */
export const cutOffAnswer = ({ outcome, cut }: CutOffEnd) => ({
  // Where nothing had left, it was refused, as it would be now.
  status: outcome === 'unknown' ? 504 : 403,
  code: 'cut_off',
  reason: cut.reason,
  message:
    `The right to this call was taken away while it was under way. ${cut.message} ` +
    (outcome === 'unknown'
      ? 'It may have taken effect: look at the tool server.'
      : 'The tool did not run.'),
});
