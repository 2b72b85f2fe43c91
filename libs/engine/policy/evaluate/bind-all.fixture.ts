import type { NameBinding, Rule } from '../index.js';
import { namesIn } from '../bind/name-bindings.js';

/** For specs: the id of what has this name. */
export const idOf = (name: string): string => `id-of-${name}`;

/** For specs: binds every name to {@link idOf} it, so that a name taken for an id shows. */
export const bindAll = (rules: readonly Rule[]): NameBinding[] =>
  rules.flatMap(namesIn).map((named) => ({ ...named, id: idOf(named.name) }));
