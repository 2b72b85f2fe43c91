import type { Json, JsonObject } from '#libs/platform/kernel';
import { compileArguments, type BoundArguments, type CompiledArguments } from '#libs/engine/policy';

const MAX_COMPILED = 20_000;

/**
 * Compiled input schemas by the digest of the pinned definition, so that a new snapshot compiles only
 * what is new. A schema is compiled when it is first needed.
 */
export class ArgumentBinders {
  readonly #compiled = new Map<string, CompiledArguments>();

  /** Null when the schema was rejected: such a tool cannot be called. */
  bind(digest: string, schema: JsonObject, value: Json): BoundArguments | null {
    const binder = this.#compiled.get(digest) ?? this.#compile(digest, schema);
    return binder.ok ? binder.bind(value) : null;
  }

  #compile(digest: string, schema: JsonObject): CompiledArguments {
    if (this.#compiled.size >= MAX_COMPILED) this.#compiled.clear();
    const binder = compileArguments(schema);
    this.#compiled.set(digest, binder);
    return binder;
  }
}
