import {
  readEpochSections,
  transaction,
  type Database,
  type EpochSections,
} from '#libs/platform/db';
import type { RecordBook } from '#libs/engine/record-signatures';
import type { ArgumentBinders } from './argument-binders.js';
import type { GatewaySnapshot, PeopleSection, RegistrySection } from './gateway-snapshot.js';
import { loadPeople } from './load-people.js';
import { loadRegistry, type OwnIssuerSettings } from './load-registry.js';

/** A snapshot, in the parts of which the next one may take over what did not change. */
export interface LoadedSnapshot {
  readonly snapshot: GatewaySnapshot;
  readonly sections: EpochSections;
  readonly registry: RegistrySection;
  readonly people: PeopleSection;
}

/** What a process keeps from one snapshot to the next, and who issues its own tokens. */
export interface SnapshotSettings {
  readonly binders: ArgumentBinders;
  readonly own: OwnIssuerSettings;
  readonly book: RecordBook;
}

/** Reads one epoch whole, in one transaction, so that no half of a change is ever evaluated. */
export const loadSnapshot = (
  db: Database,
  { binders, own, book }: SnapshotSettings,
  previous?: LoadedSnapshot,
): Promise<LoadedSnapshot> =>
  transaction(
    db,
    async (tx) => {
      const sections = await readEpochSections(tx);
      const known = previous !== undefined && isAccountedFor(sections) ? previous : undefined;
      const registry =
        known?.sections.registry === sections.registry
          ? known.registry
          : await loadRegistry(tx, binders, own, book);
      const people =
        known?.sections.people === sections.people ? known.people : await loadPeople(tx);
      const snapshot = { epoch: sections.value, ...registry, ...people };
      return { snapshot, sections, registry, people };
    },
    { isolation: 'RepeatableRead' },
  );

// An epoch that moved without saying in which section: something changed, and it is not known what.
const isAccountedFor = ({ value, people, registry }: EpochSections): boolean =>
  value === people || value === registry;
