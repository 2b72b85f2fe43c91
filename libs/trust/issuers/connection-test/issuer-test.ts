import { Inject, Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { Database } from '#libs/platform/db';
import { DomainError, newId, type Clock } from '#libs/platform/kernel';
import { OUTBOUND, outboundFetch, type Outbound, type OutboundFetch } from '#libs/engine/upstream';
import { z } from 'zod';
import {
  IssuerUnavailableError,
  TokenError,
  TokenVerifier,
  trustedIssuer,
} from '#libs/trust/token-verification';
import { trustIssuerSchema, type IssuerCheck, type testIssuerSchema } from '../issuers.schemas.js';
import { settingsProblems } from '../validate-issuer-settings.js';
import {
  checkClock,
  checkIssuerName,
  checkKeys,
  checkSignIn,
  failed,
  passed,
  type TestedSettings,
} from './issuer-checks.js';
import { probeDocument, probeMetadata, type Fetched } from './issuer-probe.js';

/**
 * Whether a token would be accepted with these settings, and why not. The token is neither stored nor
 * repeated: only the sentence that its bearer would be told.
 */
const checkSampleToken = async (
  token: string,
  settings: TestedSettings,
  { fetch, clock, signal }: { fetch: OutboundFetch; clock: Clock; signal: AbortSignal },
): Promise<IssuerCheck> => {
  const document = async (url: string): Promise<unknown> => {
    const fetched = await probeDocument(fetch, url, signal);
    if (fetched.document === null) throw new Error(fetched.problem);
    return fetched.document;
  };
  try {
    const issuer = trustedIssuer({ ...settings, id: newId() });
    const issuers = new Map([[issuer.url, issuer]]);
    await new TokenVerifier(document, clock).verify(token, { epoch: 0n, issuers, own: null });
    return passed('sample_token', 'The token would be accepted.');
  } catch (error) {
    if (error instanceof TokenError) return failed('sample_token', error.message);
    if (error instanceof IssuerUnavailableError)
      return failed('sample_token', 'Its keys cannot be fetched, so nobody can say.');
    throw error;
  }
};

const TIMEOUT_MS = 5_000;
const WHOLE_TEST_MS = 15_000;

type Input = z.infer<typeof testIssuerSchema>;
const savedSchema = trustIssuerSchema.omit({ name: true }).strip();

/** Tries an issuer out as verification would use it, before anything depends on it. Nothing is kept. */
@Injectable()
export class IssuerTest {
  readonly #fetch: OutboundFetch;

  constructor(
    private readonly db: Database,
    private readonly runtime: CommandRuntime,
    @Inject(OUTBOUND) private readonly outbound: Outbound,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {
    this.#fetch = outboundFetch(outbound, { timeoutMs: TIMEOUT_MS });
  }

  /** Every check that could be made, in their order. */
  async run(input: Input): Promise<{ ok: boolean; checks: IssuerCheck[] }> {
    const { sampleToken } = input;
    const settings = await this.#settings(input);
    const signal = AbortSignal.timeout(WHOLE_TEST_MS);
    const checks = [this.#checkSettings(settings), ...(await this.#reach(settings, signal))];
    if (sampleToken !== undefined && sampleToken !== '')
      checks.push(
        checks[0]?.ok === true
          ? await checkSampleToken(sampleToken, settings, {
              fetch: this.#fetch,
              clock: this.runtime.clock,
              signal,
            })
          : failed('sample_token', 'Not tried: put the settings right first.'),
      );
    return { ok: checks.every(({ ok }) => ok), checks };
  }

  async #settings(input: Input): Promise<TestedSettings> {
    if (!('issuerId' in input)) return { ...savedSchema.parse(input), hasSignIn: false };
    const row = await this.db.issuer.findUnique({
      where: { id: input.issuerId },
      include: { signInProvider: { select: { issuerId: true } } },
    });
    if (row === null)
      throw new DomainError('not_found', 'This issuer was not found: check the id.');
    return { ...savedSchema.parse(row), hasSignIn: row.signInProvider !== null };
  }

  #checkSettings(settings: TestedSettings): IssuerCheck {
    const problems = settingsProblems(this.outbound, settings, this.config);
    if (problems.length === 0) return passed('settings', 'Nothing lets in more than is meant.');
    const sentences = problems.map(({ path, message }) => `${path}: ${message}`);
    return failed('settings', `${sentences.join('; ')}.`);
  }

  async #reach(settings: TestedSettings, signal: AbortSignal): Promise<IssuerCheck[]> {
    const { keysUrl, url, hasSignIn } = settings;
    if (keysUrl !== null && !hasSignIn)
      return [
        passed('discovery', 'Not needed: the address of its keys is given.'),
        ...(await this.#reachKeys(settings, keysUrl, signal)),
      ];
    const metadata = await probeMetadata(this.#fetch, url, signal);
    if (metadata.document === null) return [failed('discovery', metadata.problem)];
    const { document } = metadata;
    const name = checkIssuerName(url, document);
    const found = [passed('discovery', 'Its discovery document can be read.'), name];
    // A document about another issuer says nothing about this one's keys.
    if (!name.ok) return found;
    return [
      ...found,
      ...(await this.#reachKeys(settings, keysUrl ?? document['jwks_uri'], signal)),
      ...(hasSignIn ? [checkSignIn(document)] : []),
    ];
  }

  async #reachKeys(
    settings: TestedSettings,
    keysUrl: unknown,
    signal: AbortSignal,
  ): Promise<IssuerCheck[]> {
    if (typeof keysUrl !== 'string' || !URL.canParse(keysUrl))
      return [failed('keys', 'The discovery document names no address of its keys (jwks_uri).')];
    const isSecure = new URL(settings.url).protocol === 'https:';
    if (isSecure && new URL(keysUrl).protocol !== 'https:')
      return [failed('keys', 'Its keys are at an address that is not https.')];
    const keys: Fetched = await probeDocument(this.#fetch, keysUrl, signal);
    if (keys.document === null) return [failed('keys', keys.problem)];
    const { algorithms, audiences, clockToleranceSeconds } = settings;
    return [
      checkKeys(algorithms, keys.document),
      checkClock(keys.serverDate, this.runtime.clock.now(), clockToleranceSeconds),
      passed('audience', `Tokens must name ${audiences.join(' or ')}, exactly.`),
    ];
  }
}
