import { newId, type Role } from '#libs/platform/kernel';
import { ATTACKER, HONEST } from '../attackers.js';
import { reason, some, type Known, type Moves } from './known.js';

const GIVEN: Role[] = ['it', 'security', 'grc', 'developer', 'office', 'emergency'];

const LENA = { issuer: HONEST, subject: 'lena' };

const mine = ({ me, mate, spare }: Known) => some(me, mate, spare);

/** With sessions, people, teams, roles, group mappings and emergencies. */
export const PEOPLE_MOVES: Moves = {
  'start-session': ({ the }) => [
    {
      personId: the('Ivo of IT'),
      issuer: 'https://sign-in.test',
      subject: 'ivo',
      issuedAt: new Date().toISOString(),
      issuerUpdatedAt: null,
    },
  ],
  'end-session': ({ the }) => [{ personId: the('Ivo of IT') }],
  'end-all-sessions': ({ the }) => [{ personId: the('Ivo of IT') }],
  'add-person': () => [
    {
      issuer: 'https://sign-in.test',
      subject: ATTACKER.subjects[0],
      email: 'a@b.test',
      name: 'New',
      teamIds: [],
    },
    {
      issuer: 'https://sign-in.test',
      subject: ATTACKER.subjects[0],
      email: 'a@b.test',
      name: 'New',
      roles: ['security'],
      teamIds: [],
    },
  ],
  'add-team': ({ me }) => [{ name: 'Ours', orphanRule: 'reassign', orphanOwnerId: me }],
  'change-person': ({ me, the }) => [
    { id: me, teamIds: [the('Engineering'), the('Finance')] },
    { id: the('Ivo of IT'), name: 'Me', email: 'attacker@evil.test' },
  ],
  'change-team': ({ the, me }) => [
    { id: the('Engineering'), name: 'Freed' },
    { id: the('Finance'), name: 'Fin', orphanRule: 'reassign', orphanOwnerId: me },
  ],
  'disable-person': ({ the }) =>
    ['Otto of the office', 'Ivo of IT', 'Sven of security'].map((who) => ({
      id: the(who),
      reason,
    })),
  'enable-person': ({ the }) => [{ id: the('Dan, disabled, of security'), reason }],
  'confirm-identity': ({ the }) => [{ id: the('Lena of IT, signed in'), ...LENA, reason }],
  'reject-identity': ({ the }) => [{ id: the('Lena of IT, signed in'), ...LENA, reason }],
  'revoke-person-access': ({ the }) => [{ id: the('Sven of security'), reason }],
  'assign-role': (known) =>
    mine(known)
      .concat(some(known.made.person))
      .flatMap((personId) => GIVEN.map((role) => ({ personId, role, reason }))),
  'withdraw-role': ({ the }) => [
    { personId: the('Ivo of IT'), role: 'it', reason },
    { personId: the('Sven of security'), role: 'security', reason },
  ],
  'map-group': ({ the, made }) =>
    some(the('Plain group'), the('Payers'), made.people_group).flatMap((groupId) =>
      (['it', 'security', 'office'] as const).map((role) => ({ groupId, role, reason })),
    ),
  'remove-group-mapping': ({ the }) => [{ id: the('mapping of Security group'), reason }],
  'open-emergency-access': () => [{ reason: 'the house is on fire', minutes: 60 }],
  'keep-emergency-change': ({ emergency, made }) => [
    { id: emergency ?? newId(), changeId: made.emergency_change ?? newId(), reason },
  ],
  'close-emergency-access': ({ made, emergency }) => [
    { id: emergency ?? made.emergency_access ?? newId() },
  ],
};
