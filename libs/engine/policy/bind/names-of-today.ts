import type { NamedKind } from './name-bindings.js';

/** Something that a rule may name. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** What is called how, at the moment. */
export interface NamesOfToday {
  idOf(kind: NamedKind, name: string): string | undefined;
  nameOf(kind: NamedKind, id: string): string | undefined;
}

/** Everything that a rule may name. */
export type NamedThings = Readonly<Record<NamedKind, readonly Named[]>>;

const index = (named: readonly Named[]) => ({
  ids: new Map(named.map(({ id, name }) => [name, id])),
  names: new Map(named.map(({ id, name }) => [id, name])),
});

/** Indexes names: every look-up is exact, case included. */
export const namesOfToday = (things: NamedThings): NamesOfToday => {
  const of = {
    agent: index(things.agent),
    team: index(things.team),
    group: index(things.group),
    server: index(things.server),
  };
  return {
    idOf: (kind, name) => of[kind].ids.get(name),
    nameOf: (kind, id) => of[kind].names.get(id),
  };
};
