import { createHash } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { Database } from '#libs/platform/db';
import { DAY_MS, SCIM_SCOPES, systemActor } from '#libs/platform/kernel';
import { localScimToken, rememberScimToken } from '#libs/dev/local';
import { CreateScimToken, RegisterScimConnection } from '#libs/directory/provisioning';

const SEEDER = systemActor('sandbox');
const NAME = 'Sandbox';
const DAYS = 180;

/**
 * Sees to it that the command line has a SCIM token that works: the home keeps it, because the installation
 * has only its hash.
 */
export const ensureScimToken = async (
  commands: INestApplicationContext,
  home: string,
  issuer: string,
): Promise<void> => {
  const db = commands.get(Database);
  if (await works(db, home)) return;
  const id = await connectionId(commands, db, issuer);
  const input = { id, scopes: [...SCIM_SCOPES], expiresInDays: DAYS };
  const { token } = await commands.get(CreateScimToken).execute(SEEDER, input);
  const expiresAt = new Date(Date.now() + DAYS * DAY_MS).toISOString();
  rememberScimToken(home, { token, expiresAt });
};

const works = async (db: Database, home: string): Promise<boolean> => {
  const kept = localScimToken(home);
  if (kept === null) return false;
  const tokenHash = createHash('sha256').update(kept.token).digest();
  const until = new Date(Date.now() + DAY_MS);
  const where = { tokenHash, revokedAt: null, expiresAt: { gt: until } };
  return (await db.scimToken.count({ where })) > 0;
};

const connectionId = async (
  commands: INestApplicationContext,
  db: Database,
  issuer: string,
): Promise<string> => {
  const found = await db.scimConnection.findUnique({ where: { name: NAME } });
  if (found) return found.id;
  const { id: issuerId } = await db.issuer.findUniqueOrThrow({ where: { url: issuer } });
  const input = { name: NAME, kind: 'other', issuerId };
  return (await commands.get(RegisterScimConnection).execute(SEEDER, input)).id;
};
