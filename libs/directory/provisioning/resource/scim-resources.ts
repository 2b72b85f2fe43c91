import type { AnyCommand } from '#libs/engine/commands';
import type { JsonObject } from '#libs/platform/kernel';
import type { ShownResource } from '../protocol/scim-answer.js';
import type { ScimClient } from '../scim-client.js';
import type { ResourceType } from '../schema/attribute.js';
import type { ListQuery } from './list-query.js';

/** Reads one resource type. */
export interface ResourceQueries {
  get(
    client: ScimClient,
    id: string,
    query: Pick<ListQuery, 'attributes' | 'excludedAttributes'>,
    ifNoneMatch?: string,
  ): Promise<ShownResource>;
  list(client: ScimClient, query: ListQuery): Promise<JsonObject>;
}

/** One resource type with what reads and changes it. */
export interface ServedType {
  type: ResourceType;
  /** Of the scopes `<area>:read` and `<area>:write`. */
  area: 'users' | 'groups' | 'agents';
  queries: ResourceQueries;
  /** What the commands are told besides: which of several types it is. */
  extra: Readonly<Record<string, string>>;
  create: AnyCommand;
  change: AnyCommand;
  remove: AnyCommand;
}

/** Every resource type that is served, by its endpoint; the module makes the list. */
export class ScimResources {
  constructor(readonly served: readonly ServedType[]) {}

  /** The type at an endpoint such as `/Users`, in exactly this spelling. */
  at(endpoint: string): ServedType | undefined {
    return this.served.find(({ type }) => type.endpoint === endpoint);
  }
}
