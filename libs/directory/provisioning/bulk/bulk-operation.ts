import type { BatchedCommand } from '#libs/engine/commands';
import { isUuid, type Json, type JsonObject } from '#libs/platform/kernel';
import { badRequest, noSuchResource, ScimError } from '../errors.js';
import type { ScimResources, ServedType } from '../resource/scim-resources.js';
import { bulkOperationSchema } from './bulk.schemas.js';

/** An operation that could be read. */
export interface BulkOperation {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  served: ServedType;
  /** The id in the path, or a reference to an operation; null for POST. */
  target: string | null;
  bulkId: string | null;
  ifMatch: string | null;
  data: JsonObject;
}

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;
const PATH = /^(\/[A-Za-z]+)(?:\/([^/]+))?$/;
const REFERENCE = /^bulkId:(.+)$/;

/** Reads one operation. @throws ScimError */
export const readOperation = (raw: unknown, resources: ScimResources): BulkOperation => {
  const parsed = bulkOperationSchema.safeParse(raw);
  if (!parsed.success) throw badRequest('invalidSyntax', 'An operation has method, path and data.');
  const method = METHODS.find((known) => known === parsed.data.method.toUpperCase());
  if (method === undefined)
    throw badRequest('invalidSyntax', 'method must be one of POST, PUT, PATCH and DELETE.');
  const [, endpoint = '', target = null] = PATH.exec(parsed.data.path) ?? [];
  const served = resources.at(endpoint);
  if (served === undefined) throw noSuchResource();
  if ((method === 'POST') !== (target === null))
    throw badRequest('invalidPath', 'POST names an endpoint, and every other method a resource.');
  const { bulkId, version, data } = parsed.data;
  if (method !== 'DELETE' && (data === undefined || data === null))
    throw badRequest('invalidSyntax', `${method} needs data.`);
  return {
    method,
    served,
    target,
    bulkId: bulkId ?? null,
    ifMatch: version ?? null,
    data: data ?? {},
  };
};

/** The operations that this one refers to, by their bulkId. */
export const referencesOf = ({ target, data }: BulkOperation): string[] => {
  const found: string[] = [];
  mapText(data, (text) => {
    const id = REFERENCE.exec(text)?.[1];
    if (id !== undefined) found.push(id);
    return text;
  });
  const ofTarget = target === null ? undefined : REFERENCE.exec(target)?.[1];
  return ofTarget === undefined ? found : [...found, ofTarget];
};

/** The command that the operation is, with every reference replaced by the id that it stands for. */
export const batchedCommandOf = (
  operation: BulkOperation,
  ids: ReadonlyMap<string, string>,
): BatchedCommand => {
  const { method, served, ifMatch } = operation;
  const resolve = (text: string) => {
    const id = REFERENCE.exec(text)?.[1];
    return id === undefined ? text : (ids.get(id) ?? text);
  };
  const data = mapText(operation.data, resolve) as JsonObject;
  if (method === 'POST')
    return { command: served.create, input: { ...served.extra, resource: data } };
  const id = resolve(operation.target ?? '').toLowerCase();
  if (!isUuid(id)) throw noSuchResource();
  if (method === 'DELETE')
    return { command: served.remove, input: { ...served.extra, id, ifMatch } };
  const change = method === 'PUT' ? { resource: data } : { patch: data };
  return { command: served.change, input: { ...served.extra, id, ifMatch, change } };
};

/** What an operation is answered that waits for one which failed, or for itself. */
export const unresolvable = (): ScimError =>
  new ScimError('conflict', 'It refers to an operation that made nothing: see that one.', {
    scimType: 'invalidValue',
  });

const mapText = (value: Json, change: (text: string) => string): Json => {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapText(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapText(one, change)]));
};
