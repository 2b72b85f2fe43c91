import { createTestDatabase, TEST_MASTER_KEY } from '#libs/dev/testing';
import { signRecords, RecordSigner } from '#libs/engine/record-signatures';
import { Database } from '#libs/platform/db';
import { addAgents, addKey, addToolServers } from './agents-and-tools.js';
import { addIssuers, addPeople } from './people-and-issuers.js';
import { addPolicies } from './policies.js';
import { addProvisioning } from './provisioning.js';
import { addStops } from './stops.js';

/** Targets that are worth something, by a word for each; the words are what findings are told in. */
export type Targets = Readonly<Record<string, string>>;

/** An organisation with something to steal of every kind, and nobody of it is an attacker. */
export const createMatrixOrganisation = async () => {
  const database = await createTestDatabase();
  const db = new Database(database.appUrl);
  const ids: Record<string, string> = {};
  await addPeople(db, ids);
  await addIssuers(db, ids);
  await addToolServers(db, ids);
  await addAgents(db, ids);
  await addProvisioning(db, ids);
  await addStops(db, ids);
  await addPolicies(db, ids);
  const decision = { actor: { kind: 'system', id: 'spec' }, entryId: null, now: new Date() };
  await signRecords(db, new RecordSigner(TEST_MASTER_KEY), decision, () => true);
  await tamper(db, ids);
  const close = async () => {
    await db.$disconnect();
    await database.drop();
  };
  return { database, db, ids: ids as Targets, close };
};

export type MatrixOrganisation = Awaited<ReturnType<typeof createMatrixOrganisation>>;

/** Somebody with the database's password bound an agent to a key of theirs: it is not valid until it is signed. */
const tamper = async (db: Database, ids: Record<string, string>) => {
  await addKey(db, ids['tampered'] as string, 'third');
};
