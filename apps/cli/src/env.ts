import { PROCESS_NAMES } from '#libs/platform/db';
import { RecordSigner } from '#libs/engine/record-signatures';
import type { LocalInstallation } from './local-installation.js';

const assignment = (name: string, value: string): string =>
  `${name}='${value.replaceAll("'", "'\\''")}'`;

/** `gatehouse env`: the local installation's settings as shell assignments. */
export const printEnvironment = (local: LocalInstallation): string =>
  [
    assignment('GATEHOUSE_LOCAL_HOME', local.home),
    assignment('GATEHOUSE_LOCAL_DATABASE_URL', local.urls.superuserUrl),
    assignment('GATEHOUSE_LOCAL_OWNER_DATABASE_URL', local.urls.ownerUrl),
    assignment('GATEHOUSE_LOCAL_APP_DATABASE_URL', local.urls.applicationUrl),
    ...PROCESS_NAMES.map((name) =>
      assignment(
        `GATEHOUSE_LOCAL_${name.toUpperCase()}_DATABASE_URL`,
        local.urls.processUrls[name],
      ),
    ),
    // For a gateway of its own on this database.
    assignment('RECORD_VERIFICATION_KEYS', new RecordSigner(local.secrets.masterKey).publicKey),
    ...(local.start ? [assignment('GATEHOUSE_LOCAL_URL', local.start.publicUrl)] : []),
    ...(local.start ? [assignment('GATEHOUSE_LOCAL_ISSUER', local.start.issuer)] : []),
  ].join('\n');
