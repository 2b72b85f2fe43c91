import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#libs/platform/kernel';
import { NOTHING } from '../derived-from.js';
import type { VerifiedToken } from '../verified-token.js';
import { bindingProblems, type ProposedBinding } from './binding-problems.js';
import { matchesBinding, type TokenBinding } from './match-binding.js';

const ISSUER = 'https://idp.example.test';

const token = (more: Partial<VerifiedToken> = {}, claims: JsonObject = {}): VerifiedToken => ({
  issuerId: 'i',
  issuer: ISSUER,
  subject: 'person-1',
  clientId: 'client-1',
  isClientItself: false,
  tokenId: null,
  issuedAt: null,
  expiresAt: new Date(),
  claims,
  confirmationThumbprint: null,
  actors: [],
  keyId: null,
  bindingId: null,
  derivedFrom: NOTHING,
  ...more,
});

const binding = (more: Partial<TokenBinding> = {}): TokenBinding => ({
  kind: 'subject',
  issuerUrl: ISSUER,
  subject: 'person-1',
  conditions: [],
  ...more,
});

describe('a binding', () => {
  it.each([
    ['its subject', token(), binding()],
    ['its client', token(), binding({ kind: 'client', subject: 'client-1' })],
    [
      'its conditions',
      token({}, { repository_id: '2', 'a/b': { 'c~d': 'x' }, 'https://a.test/claim': 'y' }),
      binding({
        conditions: [
          { claim: 'repository_id', equals: '2' },
          { claim: '/a~1b/c~0d', equals: 'x' },
          { claim: 'https://a.test/claim', equals: 'y' },
        ],
      }),
    ],
  ])('matches a token by %s', (_name, it, its) => {
    expect(matchesBinding(it, its)).toBe(true);
  });

  it.each([
    ['another issuer', token({ issuer: `${ISSUER}/` }), binding()],
    ['a subject in another case', token({ subject: 'Person-1' }), binding()],
    ['a subject with more', token({ subject: 'person-10' }), binding()],
    ['a subject that looks alike', token({ subject: 'pеrson-1' }), binding()],
    [
      'a subject in another normal form',
      token({ subject: 'é' }),
      binding({ subject: 'é'.normalize('NFD') }),
    ],
    ['the client’s name as subject', token(), binding({ subject: 'client-1' })],
    ['the subject’s name as client', token(), binding({ kind: 'client' })],
    ['no client', token({ clientId: null }), binding({ kind: 'client', subject: 'null' })],
    [
      'the client’s token for itself',
      token({ subject: 'client-1', isClientItself: true }),
      binding({ kind: 'client', subject: 'client-1' }),
    ],
  ])('does not match %s', (_name, it, its) => {
    expect(matchesBinding(it, its)).toBe(false);
  });

  it.each<readonly [string, JsonObject, string, string]>([
    ['a number', { id: 2 }, 'id', '2'],
    ['true', { id: true }, 'id', 'true'],
    ['null', { id: null }, 'id', 'null'],
    ['a list of it', { id: ['2'] }, 'id', '2'],
    ['an object', { id: { toString: '2' } }, 'id', '[object Object]'],
    ['a claim that is missing', {}, 'id', 'undefined'],
    ['what every object has', {}, 'constructor', 'x'],
    ['what every object has, by a pointer', {}, '/__proto__/constructor', 'x'],
    ['a place in a list', { ids: ['2'] }, '/ids/0', '2'],
    ['the length of a text', { id: 'ab' }, '/id/length', '2'],
    ['another case', { id: 'Main' }, 'id', 'main'],
    ['a blank more', { id: '2 ' }, 'id', '2'],
  ])('does not take %s for the text', (_name, claims, claim, equals) => {
    const conditions = [{ claim, equals }];
    expect(matchesBinding(token({}, claims), binding({ conditions }))).toBe(false);
  });
});

const proposed = (more: Partial<ProposedBinding> = {}): ProposedBinding => ({
  kind: 'subject',
  profile: 'rfc9068',
  subject: 'coding-agent',
  conditions: [],
  audiences: ['https://gatehouse.example.test'],
  ...more,
});

const GITHUB = proposed({
  profile: 'github',
  subject: 'repo:octo@1/agents@2:environment:production',
  conditions: [
    { claim: 'repository_id', equals: '2' },
    { claim: 'job_workflow_ref', equals: 'octo/agents/.github/workflows/run.yml@refs/heads/main' },
    { claim: 'environment', equals: 'production' },
  ],
});
const except = (claim: string) => ({
  ...GITHUB,
  conditions: GITHUB.conditions.filter((condition) => condition.claim !== claim),
});
const replaced = (claim: string, equals: string) => ({
  ...GITHUB,
  conditions: [...except(claim).conditions, { claim, equals }],
});
const with1 = (claim: string, equals = 'x', profile = 'rfc9068') =>
  proposed({ profile, conditions: [{ claim, equals }] });

describe('a binding that somebody wants to save', () => {
  it.each<readonly [string, ProposedBinding]>([
    ['a plain subject', proposed()],
    ['a client', proposed({ kind: 'client', subject: 'desktop-assistant' })],
    ['a condition on a group of claims', with1('/realm_access/kind', 'workload')],
    [
      'an Entra subject',
      proposed({ profile: 'entra', subject: '690222be-ff1a-4d56-abd1-7e4f7d38e474' }),
    ],
    [
      'one service account',
      proposed({ profile: 'kubernetes', subject: 'system:serviceaccount:a:b' }),
    ],
    [
      'one SPIFFE id',
      proposed({ profile: 'spiffe', subject: 'spiffe://example.test/agents/coding' }),
    ],
    ['one GitHub environment', GITHUB],
    [
      'one GitHub branch',
      { ...except('environment'), subject: 'repo:octo/agents:ref:refs/heads/main' },
    ],
  ])('is good with %s', (_name, it) => {
    expect(bindingProblems(it)).toEqual([]);
  });

  it.each<readonly [string, ProposedBinding, string, RegExp]>([
    ['an empty subject', proposed({ subject: '' }), 'subject', /empty/],
    ['a blank subject', proposed({ subject: ' ' }), 'subject', /empty/],
    ['a wildcard', proposed({ subject: 'coding-*' }), 'subject', /wildcard/],
    ['a question mark', proposed({ subject: 'coding-?' }), 'subject', /wildcard/],
    ['a blank at the end', proposed({ subject: 'coding ' }), 'subject', /blanks/],
    ['a zero-width character', proposed({ subject: 'cod\u200bing' }), 'subject', /cannot be seen/],
    ['a bidi mark', proposed({ subject: 'cod\u202eing' }), 'subject', /cannot be seen/],
    ['an e-mail address', proposed({ subject: 'a@example.test' }), 'subject', /e-mail/],
    ['no audience', proposed({ audiences: [] }), 'issuerId', /no audience/],
    ['an empty audience', proposed({ audiences: ['x', ''] }), 'issuerId', /no audience/],
    ['a wildcard audience', proposed({ audiences: ['https://*'] }), 'issuerId', /wildcard/],
    ['an unknown profile', proposed({ profile: 'saml' }), 'issuerId', /profile/],
    [
      'a wildcard client',
      proposed({ kind: 'client', subject: '*' }),
      'subject',
      /client.*wildcard/,
    ],
    ...['spiffe', 'kubernetes', 'github'].map(
      (profile): readonly [string, ProposedBinding, string, RegExp] => [
        `a client at ${profile}`,
        proposed({ kind: 'client', profile }),
        'subject',
        /have no client/,
      ],
    ),
    [
      'a whole namespace',
      proposed({ profile: 'kubernetes', subject: 'system:serviceaccount:a' }),
      'subject',
      /one account/,
    ],
    [
      'a group of accounts',
      proposed({ profile: 'kubernetes', subject: 'system:serviceaccounts:a' }),
      'subject',
      /one account/,
    ],
    [
      'a wildcard account',
      proposed({ profile: 'kubernetes', subject: 'system:serviceaccount:a:*' }),
      'subject',
      /wildcard/,
    ],
    [
      'a trust domain',
      proposed({ profile: 'spiffe', subject: 'spiffe://example.test' }),
      'subject',
      /with a path/,
    ],
    [
      'a wildcard SPIFFE id',
      proposed({ profile: 'spiffe', subject: 'spiffe://example.test/*' }),
      'subject',
      /wildcard/,
    ],
    [
      'pull requests',
      { ...GITHUB, subject: 'repo:octo/agents:pull_request' },
      'subject',
      /pull request/,
    ],
    ['a GitHub owner', { ...GITHUB, subject: 'repo:octo/*' }, 'subject', /wildcard/],
    ['a GitHub repository', { ...GITHUB, subject: 'repo:octo/agents' }, 'subject', /context/],
    ['no repository_id', except('repository_id'), 'conditions', /repository_id/],
    [
      'a repository by name',
      replaced('repository_id', 'octo/agents'),
      'conditions',
      /repository_id/,
    ],
    ['no job_workflow_ref', except('job_workflow_ref'), 'conditions', /job_workflow_ref/],
    [
      'a workflow at any ref',
      replaced('job_workflow_ref', 'octo/agents/.github/workflows/run.yml'),
      'conditions',
      /job_workflow_ref/,
    ],
    ['no environment', except('environment'), 'conditions', /environment/],
    ['another environment', replaced('environment', 'staging'), 'conditions', /environment/],
    [
      'who started the run',
      { ...GITHUB, conditions: [...GITHUB.conditions, { claim: 'actor', equals: 'mona' }] },
      'conditions',
      /keeps nobody out/,
    ],
    ['a condition on the audience', with1('aud'), 'conditions', /keeps nobody out/],
    ['the same by a pointer', with1('/aud/0'), 'conditions', /keeps nobody out/],
    ['a condition on the scope', with1('scope'), 'conditions', /asks for it/],
    ['a condition on a name', with1('preferred_username'), 'conditions', /somebody else/],
    ['a condition on an address', with1('/email'), 'conditions', /somebody else/],
    ['a condition without a value', with1('tid', ''), 'conditions', /needs the value/],
    ['a wildcard value', with1('tid', '*'), 'conditions', /wildcard/],
    ['a condition on nothing', with1(''), 'conditions', /name of a claim/],
    ['a pointer to everything', with1('/'), 'conditions', /name of a claim/],
    ['a broken pointer', with1('/a~2b'), 'conditions', /name of a claim/],
    [
      'two conditions on one claim',
      proposed({
        conditions: [
          { claim: 'tid', equals: 'a' },
          { claim: 'tid', equals: 'b' },
        ],
      }),
      'conditions',
      /two conditions/,
    ],
  ])('is rejected with %s', (_name, it, path, message) => {
    expect(bindingProblems(it)).toContainEqual({
      path,
      message: expect.stringMatching(message) as unknown,
    });
  });
});
