import { Inject, Injectable } from '@nestjs/common';
import { executeTogether } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { isDeadlock } from '#libs/platform/db';
import { MAX_BULK_OPERATIONS } from '../discovery/service-provider-config.js';
import { etagOf } from '../protocol/etag.js';
import { scimErrorOf } from '../protocol/scim-protocol.js';
import { badRequest, ScimError } from '../errors.js';
import { locationOf } from '../resource/meta.js';
import { ScimResources } from '../resource/scim-resources.js';
import type { ScimClient } from '../scim-client.js';
import { BulkQueue, busy } from './bulk-queue.js';
import { BulkRun, type BulkItem } from './bulk-run.js';
import type { BulkRequest, BulkResponse } from './bulk.schemas.js';
import { lockTargets, targetsOf } from './lock-targets.js';

const RESPONSE_URN = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';
const STATUS = { POST: '201', PUT: '200', PATCH: '200', DELETE: '204' } as const;

/**
 * Carries out bulk requests (RFC 7644 §3.7). All operations that succeed are committed at once, each with
 * an entry of its own, and the epoch moves once; the answer says of each what became of it.
 */
@Injectable()
export class BulkService {
  constructor(
    private readonly queue: BulkQueue,
    private readonly resources: ScimResources,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  /** Carries it out. @throws DomainError when nothing took effect */
  async run(client: ScimClient, request: BulkRequest): Promise<BulkResponse> {
    const operations = request.Operations;
    if (operations.length > MAX_BULK_OPERATIONS)
      throw new ScimError(
        'payload_too_large',
        `At most ${MAX_BULK_OPERATIONS} operations at once: send several requests.`,
      );
    assertBulkIdsDiffer(operations);
    let items: readonly BulkItem[] = [];
    const begin = () => {
      const run = new BulkRun(operations, this.resources, request.failOnErrors ?? Infinity);
      items = run.items;
      return run.next.bind(run);
    };
    const targets = targetsOf(operations);
    try {
      await this.queue.run(client.id, (runtime) =>
        executeTogether(runtime, client, begin, (tx) => lockTargets(tx, client.id, targets)),
      );
    } catch (error) {
      // It and other work waited for each other, however often it was tried.
      throw isDeadlock(error) ? busy() : error;
    }
    return { schemas: [RESPONSE_URN], Operations: items.flatMap((item) => this.#answer(item)) };
  }

  #answer(item: BulkItem): BulkResponse['Operations'] {
    const { outcome, operation, method } = item;
    // Not begun: too many had failed before.
    if (outcome === null) return [];
    const bulkId = operation?.bulkId ?? null;
    const common = { method, ...(bulkId === null ? {} : { bulkId }) };
    const { target = null, served } = operation ?? {};
    if ('error' in outcome) {
      const { status, body } = scimErrorOf(outcome.error);
      const isThere = served !== undefined && target !== null;
      return [
        {
          ...common,
          ...(isThere ? { location: locationOf(this.config.publicUrl, served.type, target) } : {}),
          status: String(status),
          response: { ...body },
        },
      ];
    }
    if (operation === null) return [];
    const { id, version } = outcome.done;
    return [
      {
        ...common,
        location: locationOf(this.config.publicUrl, operation.served.type, id),
        ...(operation.method === 'DELETE' ? {} : { version: etagOf(version) }),
        status: STATUS[operation.method],
      },
    ];
  }
}

const assertBulkIdsDiffer = (operations: readonly unknown[]): void => {
  const ids = operations.flatMap((one) =>
    typeof one === 'object' && one !== null && 'bulkId' in one && typeof one.bulkId === 'string'
      ? [one.bulkId]
      : [],
  );
  if (new Set(ids).size === ids.length) return;
  throw badRequest('invalidValue', 'Two operations have the same bulkId: give each its own.');
};
