import type { Json, JsonObject } from '#libs/platform/kernel';
import {
  advertisedArguments,
  compileArguments,
  type BoundArguments,
  type CompiledArguments,
} from '#libs/engine/policy';

const MAX_COMPILED = 20_000;

/**
 * Compiled input schemas by the digest of the pinned definition, so that a new snapshot compiles only
 * what is new. A schema is compiled when it is first needed.
 */
export class ArgumentBinders {
  readonly #compiled = new Map<string, CompiledArguments>();
  readonly #advertised = new Map<string, JsonObject>();

  /** Null when the schema was rejected: such a tool cannot be called. */
  bind(digest: string, schema: JsonObject, value: Json): BoundArguments | null {
    const binder = this.#compiled.get(digest) ?? this.#compile(digest, schema);
    return binder.ok ? binder.bind(value) : null;
  }

  /** What binding holds arguments to, for callers to see (invariant G19). */
  advertised(digest: string, schema: JsonObject): JsonObject {
    const known = this.#advertised.get(digest);
    if (known !== undefined) return known;
    if (this.#advertised.size >= MAX_COMPILED) this.#advertised.clear();
    // Of a tool that cannot be called at all it does not matter.
    const advertised = advertisedArguments(schema) ?? schema;
    this.#advertised.set(digest, advertised);
    return advertised;
  }

  #compile(digest: string, schema: JsonObject): CompiledArguments {
    if (this.#compiled.size >= MAX_COMPILED) this.#compiled.clear();
    const binder = compileArguments(schema);
    this.#compiled.set(digest, binder);
    return binder;
  }
}
