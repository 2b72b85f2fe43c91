import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

/** A schema whose references are not written yet. */
export type Draft =
  null | boolean | number | string | Reference | Draft[] | { [key: string]: Draft };

/** A reference to a definition, with what stands beside it. */
export class Reference {
  readonly name: string;
  readonly beside: { [key: string]: Draft };

  constructor(name: string, beside: { [key: string]: Draft }) {
    this.name = name;
    this.beside = beside;
  }
}

interface Definition {
  draft: Draft;
  uses: number;
  isRecursive: boolean;
}

/** As long as a definition may be to be written at each place that refers to it. */
const MAX_INLINE_LENGTH = 200;
/** What may stand beside another schema's words and replace them. */
const DESCRIBING = new Set(['title', 'description', 'default', 'examples']);

/** What the schemas of one tool refer to, each imported once. */
export class Definitions {
  readonly #byName = new Map<string, Definition>();
  readonly #nameOf = new Map<string, string>();
  readonly #open: string[] = [];
  readonly #short = new Map<string, Json | null>();

  /** The name of what `ref` refers to; `make` is called where nobody referred to it yet. */
  define(ref: string, make: () => Draft): string {
    const known = this.#nameOf.get(ref);
    const name = known ?? this.#freeName(ref);
    const definition = this.#byName.get(name) ?? { draft: true, uses: 0, isRecursive: false };
    definition.uses += 1;
    if (this.#open.includes(name)) definition.isRecursive = true;
    if (known !== undefined) return name;
    this.#nameOf.set(ref, name);
    this.#byName.set(name, definition);
    this.#open.push(name);
    definition.draft = make();
    this.#open.pop();
    return name;
  }

  /** Writes schemas, and the definitions that they still refer to. */
  finish(schemas: readonly Draft[]): { schemas: Json[]; definitions: JsonObject } {
    const referred = new Set<string>();
    const write = (draft: Draft): Json => this.#write(draft, referred);
    const written = schemas.map(write);
    const definitions = new Map<string, Json>();
    // A set that grows is walked to its end.
    for (const name of referred)
      definitions.set(name, write(this.#byName.get(name)?.draft ?? true));
    return { schemas: written, definitions: Object.fromEntries(definitions) };
  }

  #write(draft: Draft, referred: Set<string>): Json {
    if (draft instanceof Reference) return this.#writeReference(draft, referred);
    if (Array.isArray(draft)) return draft.map((one) => this.#write(one, referred));
    if (typeof draft !== 'object' || draft === null) return draft;
    return Object.fromEntries(
      Object.entries(draft).map(([key, value]) => [key, this.#write(value, referred)]),
    );
  }

  #writeReference({ name, beside }: Reference, referred: Set<string>): Json {
    const siblings = this.#write(beside, referred) as JsonObject;
    const target = this.#inlined(name, referred);
    if (target === null) {
      referred.add(name);
      return { ...siblings, $ref: `#/$defs/${name}` };
    }
    const keys = Object.keys(siblings);
    if (keys.length === 0) return target;
    return isObject(target) && keys.every((key) => DESCRIBING.has(key))
      ? { ...target, ...siblings }
      : { allOf: [target], ...siblings };
  }

  /** The definition itself where it is written once or is short, else null. */
  #inlined(name: string, referred: Set<string>): Json | null {
    const definition = this.#byName.get(name);
    if (definition === undefined || definition.isRecursive) return null;
    if (definition.uses === 1) return this.#write(definition.draft, referred);
    const known = this.#short.get(name);
    if (known !== undefined) return known;
    const text = JSON.stringify(definition.draft);
    const isShort = text.length <= MAX_INLINE_LENGTH && !hasReference(definition.draft);
    const short = isShort ? this.#write(definition.draft, referred) : null;
    this.#short.set(name, short);
    return short;
  }

  #freeName(ref: string): string {
    const last = ref.slice(ref.lastIndexOf('/') + 1).replaceAll(/[^A-Za-z0-9_.-]+/g, '_');
    const name = last.slice(0, 60) || 'schema';
    let free = name;
    for (let count = 2; this.#byName.has(free); count += 1) free = `${name}_${String(count)}`;
    return free;
  }
}

const hasReference = (draft: Draft): boolean => {
  if (draft instanceof Reference) return true;
  if (typeof draft !== 'object' || draft === null) return false;
  return Object.values(draft).some(hasReference);
};
