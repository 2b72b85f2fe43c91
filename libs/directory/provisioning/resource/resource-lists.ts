import { Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import type { JsonObject } from '#libs/platform/kernel';
import { SecretBox } from '#libs/platform/secrets';
import { badRequest } from '../errors.js';
import type { ScimClient } from '../scim-client.js';
import { openCursor, sealCursor } from './cursor.js';
import type { ListQuery } from './list-query.js';
import { countOf, isDescending, startIndexOf } from './paging.js';
import { readPage, type ListSource } from './page.sql.js';

const LIST_URN = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** Lists of resources of any type, by index or by cursor. */
@Injectable()
export class ResourceLists {
  constructor(
    private readonly db: Database,
    private readonly box: SecretBox,
    private readonly runtime: CommandRuntime,
  ) {}

  /** One page; `load` reads the resources of these ids, in their order. */
  async list(
    client: ScimClient,
    source: ListSource,
    query: ListQuery,
    load: (ids: readonly string[]) => Promise<JsonObject[]>,
  ): Promise<JsonObject> {
    const now = this.runtime.clock.now();
    const byCursor = query.cursor !== undefined;
    if (byCursor && query.startIndex !== undefined)
      throw badRequest('invalidCursor', 'Ask with cursor or with startIndex, not with both.');
    const count = countOf(query);
    const startIndex = startIndexOf(query);
    const { positions, total } = await readPage(this.db, source, {
      connectionId: client.id,
      filter: query.filter,
      sortBy: query.sortBy,
      descending: isDescending(query),
      // One more than shown: whether there is a next page.
      count: count === 0 ? 0 : count + 1,
      skip: byCursor ? 0 : startIndex - 1,
      after: openCursor(this.box, client, source.type, query, now),
    });
    const shown = positions.slice(0, count);
    const resources = await load(shown.map(({ id }) => id));
    const last = positions.length > count ? shown.at(-1) : undefined;
    return {
      schemas: [LIST_URN],
      totalResults: total,
      itemsPerPage: resources.length,
      ...(byCursor ? {} : { startIndex }),
      ...(byCursor && last !== undefined
        ? { nextCursor: sealCursor(this.box, client, source.type, query, last, now) }
        : {}),
      Resources: resources,
    };
  }
}
