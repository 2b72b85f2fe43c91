const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'short' });
const NUMBER = new Intl.NumberFormat('en');

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** "3 min. ago", of something that happened; or "in 3 min.", of something that will. */
export function relativeTime(at: string, now: number, isToCome = false): string {
  const seconds = Math.round((Date.parse(at) - now) / 1_000);
  // The screen's clock ticks slowly and two clocks are never quite the same: what happened is past.
  if (seconds > -2 && (seconds < 2 || !isToCome)) return 'just now';
  const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return RELATIVE.format(Math.trunc(seconds / size), unit);
}

/** "22 Nov 2026, 15:04:05.123 GMT+1 (Europe/Berlin)". */
export function exactTime(at: string): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    timeZoneName: 'short',
  }).format(new Date(at));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return text.endsWith(` ${zone}`) ? text : `${text} (${zone})`;
}

export const formatNumber = (value: number): string => NUMBER.format(value);

/** "1 entry", "2 entries". */
export const formatCount = (count: number, one: string, many = `${one}s`): string =>
  `${formatNumber(count)} ${count === 1 ? one : many}`;

/** "0.8 ms", "12 ms", "3.4 s". */
export const formatDuration = (ms: number): string =>
  ms < 10
    ? `${Number(ms.toFixed(1))} ms`
    : ms < 1_000
      ? `${Math.round(ms)} ms`
      : `${(ms / 1_000).toFixed(1)} s`;

/** "agent.registered" and "tool_error" as people read them. */
export const spaced = (word: string): string => word.replaceAll(/[._-]+/g, ' ');

// What has no shape of its own, or turns text around, is written out so that nobody is fooled.
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029\u115F\u1160\u3164\uFFA0\p{Cs}]/gu;

/** Text from outside with invisible and direction-changing characters made visible. */
export const visibleText = (text: string): string =>
  text.replaceAll(
    INVISIBLE,
    (character) => `⟨U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
