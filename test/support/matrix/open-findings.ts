import type { Finding } from './findings.js';

/**
 * What is known and not mended yet: the last step's command, and what it gives. To be empty; what is not here
 * fails the matrix.
 */
const OPEN: readonly { command: string; gain: RegExp }[] = [
  // The first classification of a tool is by security alone, as IT registered its tool server: but that one of IT
  // may be a puppet, whose role is new, and so may be the one of security.
  { command: 'classify-tool', gain: /^call a new server\/grab / },
];

/** The findings that are not known. */
export const unknownOf = (findings: readonly Finding[]): Finding[] =>
  findings.flatMap((finding) => {
    const last = finding.steps.at(-1) ?? '';
    const known = OPEN.filter(({ command }) => last.includes(`: ${command} `));
    const gains = finding.gains.filter((one) => !known.some(({ gain }) => gain.test(one)));
    return gains.length === 0 ? [] : [{ ...finding, gains }];
  });
