import { badRequest, type ScimType } from '../errors.js';
import type { ListQuery } from './list-query.js';

/** As many resources as a page has when nothing is said, and at most. */
export const DEFAULT_PAGE = 100;
/** The most that a page has, whatever is asked for. */
export const MAX_PAGE = 500;

const MAX_INDEX = 2 ** 31 - 1;

const integer = (value: string | number, scimType: ScimType, name: string): number => {
  const number = typeof value === 'number' ? value : Number(value.trim() || 'NaN');
  if (Number.isSafeInteger(number)) return number;
  throw badRequest(scimType, `${name} must be a whole number.`);
};

/** How many resources a page shall have; a negative number is none (RFC 7644 §3.4.2.4). */
export const countOf = ({ count, cursor }: ListQuery): number => {
  if (count === undefined) return DEFAULT_PAGE;
  const wanted = integer(count, cursor === undefined ? 'invalidValue' : 'invalidCount', 'count');
  return Math.min(Math.max(wanted, 0), MAX_PAGE);
};

/** Where the page begins, from 1; what is less is 1. */
export const startIndexOf = ({ startIndex }: ListQuery): number =>
  startIndex === undefined
    ? 1
    : Math.min(Math.max(integer(startIndex, 'invalidValue', 'startIndex'), 1), MAX_INDEX);

/** Whether the order is turned round. */
export const isDescending = ({ sortOrder }: ListQuery): boolean => {
  const order = (sortOrder ?? 'ascending').toLowerCase();
  if (order !== 'ascending' && order !== 'descending')
    throw badRequest('invalidValue', 'sortOrder is ascending or descending.');
  return order === 'descending';
};
