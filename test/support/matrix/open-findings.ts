import type { Finding } from './findings.js';

/**
 * What is known and not mended yet: the last step's command, and what it gives. To be empty; what is not here
 * fails the matrix.
 */
const OPEN: readonly { command: string; gain: RegExp }[] = [];

/** The findings that are not known. */
export const unknownOf = (findings: readonly Finding[]): Finding[] =>
  findings.flatMap((finding) => {
    const last = finding.steps.at(-1) ?? '';
    const known = OPEN.filter(({ command }) => last.includes(`: ${command} `));
    const gains = finding.gains.filter((one) => !known.some(({ gain }) => gain.test(one)));
    return gains.length === 0 ? [] : [{ ...finding, gains }];
  });
