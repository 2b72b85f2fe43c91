import type { Json, JsonObject } from '#libs/platform/kernel';
import { resolvePointer } from './schema-pointer.js';
import { schemasInside } from './schema-keywords.js';

const REFERENCES = ['$ref', '$dynamicRef', '$recursiveRef'] as const;

/** A keyword that refers to another schema. */
export type ReferenceKeyword = (typeof REFERENCES)[number];
const ANCHORS = ['$anchor', '$dynamicAnchor', '$id', 'id'] as const;

/**
 * What the references of one document mean, as far as they stay inside it: pointers, anchors, and its own
 * `$id` before either. A dynamic reference has one possible target in a document of one resource, so it is
 * an ordinary one. Nothing is ever fetched.
 */
export class LocalReferences {
  readonly #anchors = new Map<string, JsonObject | null>();
  /** Schemas inside a resource of their own: their pointers begin there, which we do not follow. */
  readonly #embedded = new Set<JsonObject>();
  readonly #document: JsonObject;
  readonly #base: string | null;

  constructor(document: JsonObject) {
    this.#document = document;
    const { $id, id } = document;
    const base = [$id, id].find((one) => typeof one === 'string');
    this.#base = typeof base === 'string' ? base.replace(/#$/, '') : null;
    this.#visit(document, false);
  }

  /** What `source`, a schema of the document, refers to; undefined when that is not in the document. */
  target(source: JsonObject, keyword: ReferenceKeyword): Json | undefined {
    const reference = source[keyword];
    if (typeof reference !== 'string' || this.#embedded.has(source)) return undefined;
    const own = this.#base !== null && reference.startsWith(this.#base);
    const fragment = own ? reference.slice(this.#base?.length) || '#' : reference;
    if (!fragment.startsWith('#')) return undefined;
    if (fragment === '#' || fragment.startsWith('#/'))
      return resolvePointer(this.#document, fragment);
    return this.#anchors.get(fragment.slice(1)) ?? undefined;
  }

  #visit(schema: JsonObject, isEmbedded: boolean): void {
    const embedded = isEmbedded || (schema !== this.#document && isResource(schema));
    if (embedded) this.#embedded.add(schema);
    else this.#noteAnchors(schema);
    for (const inner of schemasInside(schema)) this.#visit(inner, embedded);
  }

  #noteAnchors(schema: JsonObject): void {
    for (const keyword of ANCHORS) {
      const name = schema[keyword];
      if (typeof name !== 'string') continue;
      // Old drafts wrote an anchor as an id of a fragment alone.
      if (keyword === '$id' || keyword === 'id') {
        if (/^#[^/]/.test(name)) this.#noteAnchor(name.slice(1), schema);
      } else this.#noteAnchor(name, schema);
    }
  }

  // Of two that share a name neither can be meant.
  #noteAnchor(name: string, schema: JsonObject): void {
    this.#anchors.set(name, this.#anchors.has(name) ? null : schema);
  }
}

const isResource = ({ $id, id }: JsonObject): boolean =>
  [$id, id].some((one) => typeof one === 'string' && !one.startsWith('#'));

/** The references that a schema makes itself. */
export const referencesOf = (schema: JsonObject): ReferenceKeyword[] =>
  REFERENCES.filter((keyword) => schema[keyword] !== undefined);

export const isReference = (keyword: string): keyword is ReferenceKeyword =>
  REFERENCES.some((one) => one === keyword);
