import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { DomainError } from '#libs/platform/kernel';
import { z } from 'zod';

const secretsSchema = z.object({
  ownerPassword: z.string().min(32),
  applicationPassword: z.string().min(32),
  apiPassword: z.string().min(32),
  gatewayPassword: z.string().min(32),
  workerPassword: z.string().min(32),
  sessionSecret: z.string().min(32),
  consoleClientSecret: z.string().min(32),
  agentSecretSeed: z.string().min(32),
  masterKey: z.string().min(32),
});

/** What a local installation keeps to itself: made once, read only by its user. */
export type LocalSecrets = z.infer<typeof secretsSchema>;

/** Where a local installation's state lives: `GATEHOUSE_HOME`, or `.gatehouse` in the clone. */
export const resolveHome = (environment: Readonly<Record<string, string | undefined>>): string =>
  resolve(environment['GATEHOUSE_HOME'] || '.gatehouse');

// What homes of older versions do not have yet; anything else that is missing is damage.
const LATER_SECRETS = ['masterKey', 'apiPassword', 'gatewayPassword', 'workerPassword'];

const newSecrets = (names: readonly string[] = Object.keys(secretsSchema.shape)) =>
  Object.fromEntries(names.map((name) => [name, newSecret()]));

const newSecret = (): string => randomBytes(32).toString('hex');

/** Writes a file that only its user may read, whole or not at all, also when the power fails. */
export const writePrivateFile = (path: string, content: string): void => {
  const draft = `${path}.${process.pid}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
};

/**
 * Reads what an earlier run left for this one. It is only a hint: one that is missing, cut short or
 * not of this form is none.
 */
export const readHint = <T>(path: string, schema: z.ZodType<T>): T | null => {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Reads a home's secrets, making them on the first start. */
export const localSecrets = (home: string): LocalSecrets => {
  const path = join(home, 'secrets.json');
  if (!existsSync(path)) {
    mkdirSync(home, { recursive: true });
    writePrivateFile(path, JSON.stringify(newSecrets(), null, 2));
  }
  chmodSync(path, 0o600);
  const known = parsed(readFileSync(path, 'utf8'));
  const added = LATER_SECRETS.filter((name) => !Object.hasOwn(Object(known) as object, name));
  const filled = { ...newSecrets(added), ...(known as object) };
  const read = secretsSchema.safeParse(filled);
  if (read.success && added.length > 0) writePrivateFile(path, JSON.stringify(read.data, null, 2));
  if (read.success) return read.data;
  throw new DomainError(
    'precondition_failed',
    `${path} is damaged. Put it back, or remove the whole directory ${home} to start anew.`,
  );
};
