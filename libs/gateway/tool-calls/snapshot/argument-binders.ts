import type { Json, JsonObject } from '#libs/platform/kernel';
import {
  advertiseArguments,
  prepareArguments,
  type BoundArguments,
  type PreparedArguments,
} from '#libs/engine/policy';

const MAX_KEPT = 20_000;

/** What was made of something by its digest, made once and kept as long as there is room. */
class Kept<T> {
  readonly #made = new Map<string, T | Promise<T>>();

  constructor(private readonly make: (schema: JsonObject) => Promise<T>) {}

  /** What is there is answered at once; what failed is made again when it is next needed. */
  get(digest: string, schema: JsonObject): T | Promise<T> {
    return this.#made.get(digest) ?? this.#begin(digest, schema);
  }

  #begin(digest: string, schema: JsonObject): Promise<T> {
    if (this.#made.size >= MAX_KEPT) this.#made.clear();
    const making = this.make(schema);
    this.#made.set(digest, making);
    making.then(
      (made) => this.#made.set(digest, made),
      () => this.#made.delete(digest),
    );
    return making;
  }
}

/**
 * Input schemas compiled off the event loop, by the digest of the pinned definition, so that a new snapshot
 * compiles only what is new. A schema is compiled when it is first needed; only calls of its tool wait.
 */
export class ArgumentBinders {
  readonly #prepared = new Kept<PreparedArguments | null>(prepareArguments);
  readonly #advertised = new Kept<JsonObject | null>(advertiseArguments);

  /** Null when the schema was rejected: such a tool cannot be called. */
  bind(
    digest: string,
    schema: JsonObject,
    value: Json,
  ): BoundArguments | null | Promise<BoundArguments | null> {
    const prepared = this.#prepared.get(digest, schema);
    return prepared instanceof Promise
      ? prepared.then((made) => made?.bind(value) ?? null)
      : (prepared?.bind(value) ?? null);
  }

  /** What binding holds arguments to, for callers to see (invariant G19). */
  async advertised(digest: string, schema: JsonObject): Promise<JsonObject> {
    // Of a tool that cannot be called at all it does not matter.
    return (await this.#advertised.get(digest, schema)) ?? schema;
  }
}
