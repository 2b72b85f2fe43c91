import { HOUR_MS } from '#libs/platform/kernel';

interface Counts {
  allow: number;
  deny: number;
  invalid: number;
}

interface Counted {
  hour: Date;
  decision: keyof Counts | 'hold';
  count: number;
}

const HOURS = 24;

/** Twenty-four hours from `first` on, in steps of one; an hour without calls is there too. */
export const hourly = (counted: readonly Counted[], first: Date): (Counts & { hour: string })[] =>
  Array.from({ length: HOURS }, (_, index) => {
    const hour = new Date(first.getTime() + index * HOUR_MS);
    const of = (decision: Counted['decision']) =>
      counted
        .filter((row) => row.decision === decision && row.hour.getTime() === hour.getTime())
        .reduce((sum, row) => sum + row.count, 0);
    // A held call has not run: until approvals are there it counts with those that were denied.
    return {
      hour: hour.toISOString(),
      allow: of('allow'),
      deny: of('deny') + of('hold'),
      invalid: of('invalid'),
    };
  });

/** The hours together. */
export const sumOf = (hours: readonly Counts[]): Counts => ({
  allow: hours.reduce((sum, { allow }) => sum + allow, 0),
  deny: hours.reduce((sum, { deny }) => sum + deny, 0),
  invalid: hours.reduce((sum, { invalid }) => sum + invalid, 0),
});
