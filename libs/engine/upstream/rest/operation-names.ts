import { createHash } from 'node:crypto';

import { isObject, type JsonObject } from '#libs/platform/kernel';

const HASH_LENGTH = 8;

/** What names one operation: its operationId, or its method and path. */
export interface NamedOperation {
  method: string;
  path: string;
  operation: JsonObject;
}

/**
 * The tools' names, in the order of the operations. An operationId has its other characters replaced by
 * `_`; without one it is the method and the path. A name that is too long, or that several operations would
 * have, ends in eight digits of a SHA-256 of the operation; where several would have it, one whose
 * operationId is just that name keeps it. So no name depends on the order of the document.
 */
export const operationNames = (
  operations: readonly NamedOperation[],
  maxLength: number,
): string[] => {
  const preferred = operations.map(preferredName);
  const owners = Map.groupBy(preferred.keys(), (index) => preferred[index] ?? '');
  return operations.map((operation, index) => {
    const name = preferred[index] ?? '';
    const others = owners.get(name) ?? [];
    const exact = others.filter((other) => operations[other]?.operation['operationId'] === name);
    const isItsOwn = others.length === 1 || (exact.length === 1 && exact[0] === index);
    return isItsOwn && name.length <= maxLength ? name : hashed(name, operation, maxLength);
  });
};

const preferredName = ({ method, path, operation }: NamedOperation): string => {
  const id = operation['operationId'];
  const given = typeof id === 'string' ? plain(id) : '';
  return given === '' ? `${method}_${plain(path)}` : given;
};

const plain = (text: string): string =>
  text.replaceAll(/[^A-Za-z0-9_.-]+/g, '_').replaceAll(/^_+|_+$/g, '');

const hashed = (name: string, { method, path }: NamedOperation, maxLength: number): string => {
  const hash = createHash('sha256').update(`${method} ${path}`).digest('hex').slice(0, HASH_LENGTH);
  return `${name.slice(0, maxLength - HASH_LENGTH - 1)}_${hash}`;
};

/** The operations of a path item. */
export const operationsIn = (pathItem: JsonObject): [method: string, operation: JsonObject][] =>
  METHODS.flatMap((method) => {
    const operation = pathItem[method];
    return isObject(operation) ? [[method, operation] as [string, JsonObject]] : [];
  });

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
