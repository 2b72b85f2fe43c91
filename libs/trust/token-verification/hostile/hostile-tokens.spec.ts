import { beforeAll, describe, expect, it } from 'vitest';
import { TokenError } from '../errors.js';
import { AUDIENCES, CONFIRMATIONS, ISSUERS, SUBJECTS, TIMES } from './claims.fixture.js';
import { forgerOf, MAX_AGE_SECONDS, nowSeconds, type Forger } from './forger.fixture.js';
import { FORMS, HEADERS, SIGNATURES, type Hostile } from './forms.fixture.js';
import { AUDIENCE, EVERY_PROFILE, goodToken } from './good-tokens.fixture.js';
import { KINDS } from './kinds.fixture.js';

const HOSTILE: readonly Hostile[] = [
  ...FORMS,
  ...HEADERS,
  ...SIGNATURES,
  ...ISSUERS,
  ...AUDIENCES,
  ...TIMES,
  ...SUBJECTS,
  ...CONFIRMATIONS,
  ...KINDS,
];

describe.each(EVERY_PROFILE)('the profile %s', (profile) => {
  let forger: Forger;
  beforeAll(async () => {
    forger = await forgerOf(profile);
  });

  it.each(HOSTILE)('rejects a hostile token: %s', async (_name, make, reason) => {
    const token = await make(forger);
    // Twice: what was rejected once must not have been remembered as good.
    for (let time = 0; time < 2; time += 1) {
      const answer = await forger.verify(token).catch((error: unknown) => error);
      expect(answer).toBeInstanceOf(TokenError);
      const given = (answer as TokenError).reason;
      expect(given).toBe(reason ?? given);
    }
  });

  // Without these the table would also pass against a verifier that rejects everything.
  it.each([
    ['as its issuer writes it', {}, () => ({})],
    [
      'with our audience among others',
      {},
      () => ({ aud: ['https://other.example.test', AUDIENCE] }),
    ],
    ['that expired within the tolerance', {}, () => ({ exp: nowSeconds() - 2 })],
    [
      'that is valid for the maximum age',
      {},
      () => ({ iat: nowSeconds(), exp: nowSeconds() + MAX_AGE_SECONDS }),
    ],
    [
      'that begins within the tolerance',
      {},
      () => ({ nbf: nowSeconds() + 2, iat: nowSeconds() + 2 }),
    ],
    ['with a thumbprint that nobody looks at', { x5t: 'ykNaY4qM_ta4k2TgZOCEYLkcYlA' }, () => ({})],
    ['with unknown claims', {}, () => ({ extra: { deep: ['"', '\\', { a: null }] } })],
  ])('accepts a good token %s', async (_name, header, claims) => {
    const good = goodToken(profile);
    await expect(forger.verify(await forger.sign(header, claims()))).resolves.toMatchObject({
      issuer: forger.issuer.url,
      subject: good.claims[good.subjectClaim],
      clientId: good.clientClaim === null ? null : good.claims[good.clientClaim],
      confirmationThumbprint: null,
      isClientItself: false,
      actors: [],
    });
  });
});
