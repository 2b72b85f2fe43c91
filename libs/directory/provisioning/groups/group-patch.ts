import { isObject, isUuid, type JsonObject } from '#libs/platform/kernel';
import type { Filter, PatchPath } from '../filter/filter.js';
import { parsePatchPath } from '../filter/parse-filter.js';
import { badRequest } from '../errors.js';
import type { PatchOperation } from '../resource/patch-operation.js';

/** One change of a group's members; `all` removes every member. */
export type MemberChange =
  { kind: 'add' | 'set' | 'remove'; ids: readonly string[] } | { kind: 'remove-all' };

const MAX_MEMBERS = 20_000;

const membersKey = (object: JsonObject): string | undefined =>
  Object.keys(object).find((key) => key.toLowerCase() === 'members');

/** The members that a resource names, taken out of it: they have rows of their own. */
export const splitMembers = (
  resource: JsonObject,
): { rest: JsonObject; members: readonly string[] | null } => {
  const key = membersKey(resource);
  if (key === undefined) return { rest: resource, members: null };
  const { [key]: members, ...rest } = resource;
  return { rest, members: members === null ? [] : memberIds(members) };
};

/** The ids of members as a client lists them: `[{"value": "…"}]`. */
export const memberIds = (value: unknown): string[] => {
  const members: unknown[] = Array.isArray(value) ? value : [value];
  if (members.length > MAX_MEMBERS)
    throw badRequest('invalidValue', `At most ${MAX_MEMBERS} members at once: send fewer.`);
  return [...new Set(members.map(memberId))];
};

const memberId = (member: unknown): string => {
  const value = isObject(member) ? member['value'] : member;
  const type = isObject(member) ? member['type'] : undefined;
  if (typeof type === 'string' && type.toLowerCase() === 'group')
    throw badRequest('invalidValue', 'Groups in groups are not supported: add their members.');
  const id = typeof value === 'string' ? value.toLowerCase() : '';
  if (isUuid(id)) return id;
  throw badRequest('invalidValue', 'A member is named by the id of a User in value.');
};

/**
 * Takes the changes of members out of a PATCH, so that a large group is never read to change one of its
 * members; what is left concerns the group itself.
 */
export const splitMemberOperations = (
  operations: readonly PatchOperation[],
): { rest: PatchOperation[]; changes: MemberChange[] } => {
  const rest: PatchOperation[] = [];
  const changes: MemberChange[] = [];
  for (const operation of operations) {
    if (operation.path === null) splitObject(operation, rest, changes);
    else if (/^(urn:[^[]*:)?members\b/i.test(operation.path))
      changes.push(memberChange(operation, parsePatchPath(operation.path)));
    else rest.push(operation);
  }
  return { rest, changes };
};

const splitObject = (
  operation: PatchOperation,
  rest: PatchOperation[],
  changes: MemberChange[],
): void => {
  const { op, value } = operation;
  if (!isObject(value) || op === 'remove') {
    rest.push(operation);
    return;
  }
  const { rest: others, members } = splitMembers(value);
  if (members !== null) changes.push({ kind: op === 'add' ? 'add' : 'set', ids: members });
  if (Object.keys(others).length > 0) rest.push({ ...operation, value: others });
};

const memberChange = ({ op, value }: PatchOperation, path: PatchPath): MemberChange => {
  const { attribute, filter, sub } = path;
  if (attribute.name.toLowerCase() !== 'members' || (attribute.sub ?? sub ?? 'value') !== 'value')
    throw badRequest('mutability', 'A member cannot be changed: remove it and add another.');
  if (op !== 'remove') {
    if (filter !== null)
      throw badRequest('mutability', 'A member cannot be changed: remove it and add another.');
    return { kind: op === 'add' ? 'add' : 'set', ids: memberIds(value ?? []) };
  }
  if (filter !== null) return { kind: 'remove', ids: idsIn(filter) };
  // Entra names whom to remove beside the path; without that everybody goes (RFC 7644 §3.5.2.2).
  if (value === undefined || value === null) return { kind: 'remove-all' };
  return { kind: 'remove', ids: memberIds(value) };
};

const idsIn = (filter: Filter): string[] => {
  if (filter.kind === 'or') return [...idsIn(filter.left), ...idsIn(filter.right)];
  const isOne =
    filter.kind === 'compare' &&
    filter.operator === 'eq' &&
    filter.path.name.toLowerCase() === 'value' &&
    typeof filter.value === 'string';
  if (!isOne) throw badRequest('invalidPath', 'Name members as members[value eq "id"].');
  // An id that cannot be one of ours names nobody, and nobody is removed.
  const id = (filter.value as string).toLowerCase();
  return isUuid(id) ? [id] : [];
};
