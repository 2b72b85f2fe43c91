import fc from 'fast-check';
import { Database } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkCandidate } from './link-candidate.js';

// Invariant I7: merges by case, confusables, numeric strings: 0.
const RUNS = 300;
const issuer = 'https://idp.test';
const issuerId = newId();
const connectionId = newId();
const personId = newId();

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  const createdAt = new Date();
  await db.issuer.create({
    data: {
      id: issuerId,
      url: issuer,
      name: 'IdP',
      audiences: ['a'],
      algorithms: ['ES256'],
      profile: 'jwt',
      clockToleranceSeconds: 5,
      createdAt,
    },
  });
  await db.scimConnection.create({
    data: { id: connectionId, name: 'c', kind: 'other', issuerId, createdAt },
  });
  await db.person.create({ data: { id: personId, email: 'a@b.test', name: 'Ada', createdAt } });
  await db.scimUser.create({
    data: {
      personId,
      connectionId,
      userName: 'ada',
      userNameFolded: 'ada',
      attributes: {},
      createdAt,
      updatedAt: createdAt,
    },
  });
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

describe('of two texts', () => {
  // Text that PostgreSQL can hold; the claim may be anything at all.
  const held = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter(isHeld);
  const near = (text: string) =>
    fc.constantFrom(
      text,
      text.toUpperCase(),
      text.toLowerCase(),
      ` ${text}`,
      `${text}\u00ad`,
      text.normalize('NFC'),
      text.normalize('NFD'),
      text.normalize('NFKC'),
      `0${text}`,
      String(Number(text)),
      `${text}\ud800`,
      text.replaceAll('\ufffd', '\ud800'),
    );
  const pairs = held.chain((text) => fc.tuple(fc.constant(text), near(text)));
  const merges = async (looksUp: (value: string) => Promise<boolean>) => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(pairs, async ([externalId, claim]) => {
        await db.scimUser.update({ where: { personId }, data: { externalId } });
        const isSame = externalId === claim;
        if ((await looksUp(claim)) !== isSame) found += 1;
      }),
      { numRuns: RUNS, examples: [[['\ufffd', '\ud800']], [['7', '07']], [['\u00e9', 'e\u0301']]] },
    );
    return found;
  };

  it('no two that differ are ever taken for one', { timeout: 60_000 }, async () => {
    const exact = async (value: string) =>
      (await linkCandidate(db, { issuerId, issuer, attribute: 'external_id', value })) !== null;
    expect(await merges(exact)).toBe(0);
  });

  it(
    'a comparison by folded text would take some (negative control)',
    { timeout: 60_000 },
    async () => {
      const folded = async (value: string) => {
        const [row] = await db.scimUser.findMany();
        const fold = (text: string) => text.normalize('NFKC').trim().toLowerCase();
        return fold(row?.externalId ?? '') === fold(value);
      };
      expect(await merges(folded)).toBeGreaterThan(0);
    },
  );
});

function isHeld(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
