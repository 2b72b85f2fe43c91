import { formatCount } from '../shared/format.js';

const DAY_HOURS = 24;
export const MAX_HOURS = 720;

/** "3 hours", "2 days". */
export const formatHours = (hours: number): string =>
  hours % DAY_HOURS === 0 ? formatCount(hours / DAY_HOURS, 'day') : formatCount(hours, 'hour');

/** What is wrong with a number of hours as it is typed. */
export const hoursProblem = (text: string, most: number): string | null => {
  if (text === '') return null;
  const hours = Number(text);
  return Number.isInteger(hours) && hours >= 1 && hours <= most
    ? null
    : `A whole number of hours, from 1 to ${most}.`;
};
