import {
  findUnverifiedRecords,
  RecordSigner,
  type UnverifiedRecord,
} from '#libs/engine/record-signatures';
import { AcceptRecords } from '#libs/oversight/record-checks';
import { DomainError, systemActor } from '#libs/platform/kernel';
import { withCommandRuntime } from './command-runtime.js';
import { withDatabase } from './database.js';
import { withLocalInstallation } from './local-installation.js';

interface Place {
  readonly url: string;
  readonly masterKey: string;
}

/** Runs `work` where `MASTER_KEY` and a database are given, or else on the local installation. */
const at = <T>(databaseUrl: string | undefined, work: (place: Place) => Promise<T>): Promise<T> => {
  const masterKey = process.env['MASTER_KEY'];
  if (databaseUrl === undefined)
    return withLocalInstallation(({ urls, secrets }) =>
      work({ url: urls.applicationUrl, masterKey: secrets.masterKey }),
    );
  if (masterKey) return work({ url: databaseUrl, masterKey });
  throw new DomainError('precondition_failed', 'Set MASTER_KEY as the api has it.');
};

const signerOf = ({ masterKey }: Place): RecordSigner => {
  const others = (process.env['RECORD_VERIFICATION_KEYS'] ?? '').split(',').filter(Boolean);
  return new RecordSigner(masterKey, others);
};

const print = (records: readonly UnverifiedRecord[]): void => {
  for (const { kind, id } of records) console.log(`${kind} ${id}`);
};

/** `gatehouse records key`: the last line is the public key alone. */
export const printRecordKey = async (): Promise<void> => {
  const masterKey = process.env['MASTER_KEY'];
  const key = masterKey
    ? new RecordSigner(masterKey).publicKey
    : await at(undefined, (place) => Promise.resolve(signerOf(place).publicKey));
  console.log(key);
};

/** `gatehouse records verify`: true when every record is as it was signed. */
export const verifyRecords = (databaseUrl: string | undefined): Promise<boolean> =>
  at(databaseUrl, (place) =>
    withDatabase(place.url, async (db) => {
      const found = await findUnverifiedRecords(db, signerOf(place));
      print(found);
      console.log(
        found.length === 0
          ? 'Every record that gateways load is as it was signed.'
          : `${found.length} of the records are not as they were signed: gateways allow nothing by them.`,
      );
      return found.length === 0;
    }),
  );

/** `gatehouse records sign`: accepts these records as they are, and signs with this key what others signed. */
export const acceptRecords = (
  databaseUrl: string | undefined,
  recordIds: readonly string[],
): Promise<void> =>
  at(databaseUrl, (place) =>
    withCommandRuntime(place.url, [AcceptRecords], signerOf(place), async (runtime) => {
      const accept = new AcceptRecords(runtime);
      const { signed } = await accept.execute(systemActor('cli'), { recordIds: [...recordIds] });
      print(signed);
      console.log(`Signed ${signed.length} records.`);
    }),
  );
