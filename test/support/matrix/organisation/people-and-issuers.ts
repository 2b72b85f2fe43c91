import { createTestOrganisation } from '#libs/dev/testing';
import type { Database } from '#libs/platform/db';
import type { Role } from '#libs/platform/kernel';
import { HONEST, OLD_IDP, SIGN_IN_ISSUER } from '../attackers.js';
import { LONG_AGO } from './long-ago.js';

/** Two settled people of IT and of security, one of each other role, and one who is disabled. */
export const addPeople = async (db: Database, ids: Record<string, string>) => {
  const builder = createTestOrganisation(db);
  ids['Engineering'] = await builder.addTeam({ name: 'Engineering', orphanRule: 'flag' });
  ids['Finance'] = await builder.addTeam({ name: 'Finance' });
  const add = async (name: string, roles: Role[], team: string, subject: string | null) => {
    const person = await builder.addPerson(roles, {
      name,
      teamIds: [ids[team] as string],
      createdAt: LONG_AGO,
    });
    ids[name] = person.id;
    if (subject === null) return;
    const linked = { linkedAt: LONG_AGO, linkedBy: 'added' } as const;
    await db.personIdentity.create({
      data: { issuer: SIGN_IN_ISSUER, subject, personId: person.id, ...linked },
    });
  };
  await add('Ida of IT', ['it'], 'Engineering', 'ida');
  await add('Ivo of IT', ['it'], 'Engineering', 'ivo');
  await add('Sara of security', ['security'], 'Engineering', 'sara');
  await add('Sven of security', ['security'], 'Engineering', 'sven');
  await add('Greta of GRC', ['grc'], 'Finance', 'greta');
  await add('Dora, developer', ['developer'], 'Finance', 'dora');
  await add('Otto of the office', ['office'], 'Finance', 'otto');
  await add('Emil for emergencies', ['emergency'], 'Engineering', 'emil');
  // Whom people kept out, with what they would have again.
  await add('Dan, disabled, of security', ['security'], 'Engineering', 'dan');
  await db.person.update({
    where: { id: ids['Dan, disabled, of security'] as string },
    data: { disabledAt: LONG_AGO },
  });
};

/** The IdP in use, one that is retired and one that nobody uses yet. */
export const addIssuers = async (db: Database, ids: Record<string, string>) => {
  const builder = createTestOrganisation(db);
  const settings = { profile: 'jwt', createdAt: LONG_AGO };
  ids['IdP'] = await builder.addIssuer({
    ...settings,
    url: HONEST,
    name: 'IdP',
    requiredClaims: { tid: 'company' },
  });
  // Retired because its keys are in other hands.
  ids['old IdP'] = await builder.addIssuer({
    ...settings,
    url: OLD_IDP,
    name: 'Old IdP',
    retiredAt: LONG_AGO,
  });
  // Trusted, and nobody shows who they are by it yet.
  ids['unused IdP'] = await builder.addIssuer({
    ...settings,
    url: 'https://unused.test',
    name: 'Unused IdP',
  });
  const signIn = { clientId: 'console', sealedClientSecret: '', createdAt: LONG_AGO } as const;
  await db.signInProvider.create({
    data: {
      ...signIn,
      issuerId: ids['IdP'],
      label: 'Work',
      linkClaim: 'oid',
      linkAttribute: 'external_id',
      enabled: true,
      updatedAt: LONG_AGO,
    },
  });
  await db.signInProvider.create({
    data: {
      ...signIn,
      issuerId: ids['old IdP'],
      label: 'Old',
      enabled: true,
      updatedAt: LONG_AGO,
    },
  });
  const linked = { linkedAt: LONG_AGO, linkedBy: 'added' } as const;
  for (const [issuer, subject, name] of [
    [OLD_IDP, 'ivo', 'Ivo of IT'],
    [HONEST, 'sven', 'Sven of security'],
    [HONEST, 'otto', 'Otto of the office'],
  ] as const)
    await db.personIdentity.create({
      data: { issuer, subject, personId: ids[name] as string, ...linked },
    });
};
