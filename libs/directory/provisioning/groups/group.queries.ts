import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#libs/platform/config';
import { Database } from '#libs/platform/db';
import type { JsonObject } from '#libs/platform/kernel';
import { assertChanged } from '../protocol/etag.js';
import type { ShownResource } from '../protocol/scim-answer.js';
import { noSuchResource } from '../errors.js';
import { inOrder } from '../resource/in-order.js';
import type { ListQuery } from '../resource/list-query.js';
import { projectionOf, type Projection } from '../resource/projection.js';
import { ResourceLists } from '../resource/resource-lists.js';
import type { ScimClient } from '../scim-client.js';
import { GROUP } from '../schema/group.js';
import { toGroupResource, type GroupRow, type MemberRow } from './group.view.js';
import { GROUPS, readMembers } from './groups.sql.js';

type Projected = Pick<ListQuery, 'attributes' | 'excludedAttributes'>;

/** Reads Groups of the client's own connection; members only where they are shown. */
@Injectable()
export class ScimGroupQueries {
  constructor(
    private readonly db: Database,
    private readonly lists: ResourceLists,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  /** One of them; throws `not_found`, and 304 when the reader has this version. */
  async get(
    client: ScimClient,
    id: string,
    query: Projected,
    ifNoneMatch?: string,
  ): Promise<ShownResource> {
    const projection = projectionOf(GROUP, query);
    const row = await this.db.group.findUnique({ where: { id, connectionId: client.id } });
    if (row === null) throw noSuchResource();
    assertChanged(ifNoneMatch, row.version);
    const members = await this.#membersOf(projection, [id]);
    const whole = toGroupResource(row, members?.get(id) ?? null, this.config.publicUrl);
    return { whole, shown: projection.apply(whole) };
  }

  /** One page of them. */
  list(client: ScimClient, query: ListQuery): Promise<JsonObject> {
    const projection = projectionOf(GROUP, query);
    return this.lists.list(client, GROUPS, query, async (ids) => {
      const [rows, members] = await Promise.all([
        this.db.group.findMany({ where: { id: { in: [...ids] } } }),
        this.#membersOf(projection, ids),
      ]);
      return inOrder<GroupRow>(ids, rows, ({ id }) => id).map((row) =>
        projection.apply(toGroupResource(row, members?.get(row.id) ?? null, this.config.publicUrl)),
      );
    });
  }

  async #membersOf(
    { wants }: Projection,
    ids: readonly string[],
  ): Promise<Map<string, MemberRow[]> | null> {
    if (!wants('members') || ids.length === 0) return null;
    return Map.groupBy(await readMembers(this.db, ids), ({ groupId }) => groupId);
  }
}
