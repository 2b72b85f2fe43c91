import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#libs/platform/config';
import { Database } from '#libs/platform/db';
import type { JsonObject } from '#libs/platform/kernel';
import { assertChanged } from '../protocol/etag.js';
import { noSuchResource } from '../errors.js';
import type { ListQuery } from '../resource/list-query.js';
import type { ShownResource } from '../protocol/scim-answer.js';
import { projectionOf } from '../resource/projection.js';
import { inOrder } from '../resource/in-order.js';
import { ResourceLists } from '../resource/resource-lists.js';
import type { ScimClient } from '../scim-client.js';
import { USER } from '../schema/user.js';
import { readUsers } from './read-users.sql.js';
import { toUserResource } from './user.view.js';
import { USERS } from './users.sql.js';

type Projected = Pick<ListQuery, 'attributes' | 'excludedAttributes'>;

/** Reads Users of the client's own connection. */
@Injectable()
export class ScimUserQueries {
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
    const { wants, apply } = projectionOf(USER, query);
    const [row] = await readUsers(this.db, client.id, [id], wants('groups'));
    if (row === undefined) throw noSuchResource();
    assertChanged(ifNoneMatch, row.version);
    const whole = toUserResource(row, this.config.publicUrl);
    return { whole, shown: apply(whole) };
  }

  /** One page of them. */
  list(client: ScimClient, query: ListQuery): Promise<JsonObject> {
    const { wants, apply } = projectionOf(USER, query);
    return this.lists.list(client, USERS, query, async (ids) => {
      const rows = await readUsers(this.db, client.id, ids, wants('groups'));
      return inOrder(ids, rows, ({ personId }) => personId).map((row) =>
        apply(toUserResource(row, this.config.publicUrl)),
      );
    });
  }
}
