import { isDeepStrictEqual } from 'node:util';
import type { Database, Tx } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import {
  catalogNames,
  namesOfToday,
  readNameBindings,
  writeCurrentNames,
  type LintContext,
  type NameBinding,
  type NamedKind,
  type NamedThings,
} from '#libs/engine/policy';
import type { z } from 'zod';
import { lintContextOf, type Basis } from './policies.repository.js';
import type { renamedSchema } from './policies.schemas.js';
import type { PolicyCatalog, PublishedText } from './policy-texts.js';

/** How a version that is about to be published is looked at. */
export const publicationContext = async (
  { bindings }: { bindings: readonly NameBinding[] },
  { basis, catalog, now }: { basis: Basis | null; catalog: PolicyCatalog; now: Date },
): Promise<LintContext> => {
  const today = catalogNames(catalog);
  const wasActive = (binding: NameBinding) =>
    basis?.bindings.some((before) => isDeepStrictEqual(before, binding)) === true;
  // What was proposed newly must still be there; what is in force may name something that no longer exists.
  const bound = bindings.filter(
    (binding) => today.nameOf(binding.kind, binding.id) !== undefined || wasActive(binding),
  );
  return { ...(await lintContextOf(now, basis)), bound };
};

/** Rejects a publication whose names stand for something else than when it was proposed. */
export const assertSameNames = (
  proposed: readonly NameBinding[],
  now: readonly NameBinding[],
): void => {
  if (isDeepStrictEqual(proposed, now)) return;
  const same = new Set(now.map(({ kind, name, id }) => JSON.stringify([kind, name, id])));
  const other = proposed.find(({ kind, name, id }) => !same.has(JSON.stringify([kind, name, id])));
  const name =
    other === undefined ? '' : ` The ${other.kind} \`${other.name}\` is another one now.`;
  throw new DomainError(
    'conflict',
    `A name in this version stands for something else than when it was proposed.${name} Propose the version again.`,
  );
};

/** As `lintContextOf`, for a text that has the names of today. */
export const contextOfToday = async (
  now: Date,
  basis: Basis | null,
  catalog: PolicyCatalog,
): Promise<LintContext> => {
  const context = await lintContextOf(now, basis);
  const today = catalogNames(catalog);
  const bound = (context.bound ?? []).map(({ kind, name, id }) => ({
    kind,
    name: today.nameOf(kind, id) ?? name,
    id,
  }));
  return { ...context, bound };
};

type Renamed = z.infer<typeof renamedSchema>;

/** A version's text with the names of today, and which names those are. */
export const viewNames = async (
  db: Database | Tx,
  { text, bindings: stored }: PublishedText,
): Promise<{ currentText: string; renamed: Renamed[] }> => {
  const bindings = readNameBindings(stored);
  if (bindings === null) return { currentText: text, renamed: [] };
  const names = await loadNames(db, bindings);
  const today = namesOfToday(names);
  const renamed = bindings.flatMap(({ kind, name, id }) => {
    const currentName = today.nameOf(kind, id) ?? null;
    return currentName === name ? [] : { kind, name, currentName };
  });
  const isAsWritten = renamed.every(({ currentName }) => currentName === null);
  const currentText = isAsWritten ? text : await writeCurrentNames({ text, bindings, names });
  return { currentText, renamed };
};

/** How what these names are bound to is called today; a retired agent keeps its name. */
const loadNames = async (
  db: Database | Tx,
  bindings: readonly NameBinding[],
): Promise<NamedThings> => {
  const idsOf = (kind: NamedKind) => ({
    id: { in: bindings.filter((binding) => binding.kind === kind).map(({ id }) => id) },
  });
  const named = { id: true, name: true } as const;
  const groups = await db.group.findMany({
    where: idsOf('group'),
    select: { id: true, displayName: true },
  });
  const servers = await db.toolServer.findMany({
    where: idsOf('server'),
    select: { id: true, slug: true },
  });
  return {
    agent: await db.agent.findMany({ where: idsOf('agent'), select: named }),
    team: await db.team.findMany({ where: idsOf('team'), select: named }),
    group: groups.map(({ id, displayName }) => ({ id, name: displayName })),
    server: servers.map(({ id, slug }) => ({ id, name: slug })),
  };
};
