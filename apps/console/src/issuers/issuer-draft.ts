import { useState } from 'react';
import type { Issuer, TokenProfile, TrustIssuer } from '../api/types.js';
import { ALGORITHMS, describeProfile, TOKEN_PROFILES } from './token-profiles.js';
import { isUuid } from '../shared/is-uuid.js';

/** An issuer as typed so far; texts, because half a number is no number. */
export interface IssuerDraft {
  name: string;
  profile: TokenProfile;
  /** Entra only: fills the address and the pinned tenant. */
  tenant: string;
  url: string;
  /** One a line. */
  audiences: string;
  algorithms: readonly string[];
  clockToleranceSeconds: string;
  maxTokenAgeSeconds: string;
  signalsByEmail: boolean;
  keysUrl: string;
  /** One a line, claim=value. */
  requiredClaims: string;
}

const FIRST = TOKEN_PROFILES[0]?.id ?? 'rfc9068';

const EMPTY: IssuerDraft = {
  name: '',
  profile: FIRST,
  tenant: '',
  url: '',
  audiences: '',
  algorithms: describeProfile(FIRST)?.algorithms ?? [],
  clockToleranceSeconds: '30',
  maxTokenAgeSeconds: '86400',
  signalsByEmail: false,
  keysUrl: '',
  requiredClaims: '',
};

const TENANT_CLAIM = 'tid';

const draftOf = (issuer: Issuer): IssuerDraft => ({
  name: issuer.name,
  profile: describeProfile(issuer.profile)?.id ?? 'jwt',
  tenant: issuer.profile === 'entra' ? (issuer.requiredClaims[TENANT_CLAIM] ?? '') : '',
  url: issuer.url,
  audiences: issuer.audiences.join('\n'),
  algorithms: issuer.algorithms,
  clockToleranceSeconds: String(issuer.clockToleranceSeconds),
  maxTokenAgeSeconds: String(issuer.maxTokenAgeSeconds),
  signalsByEmail: issuer.signalsByEmail,
  keysUrl: issuer.keysUrl ?? '',
  requiredClaims: Object.entries(issuer.requiredClaims)
    .filter(([claim]) => issuer.profile !== 'entra' || claim !== TENANT_CLAIM)
    .map(([claim, value]) => `${claim}=${value}`)
    .join('\n'),
});

/** The draft of a new issuer, or of a change to one. */
export function useIssuerDraft(issuer?: Issuer) {
  const [draft, setDraft] = useState<IssuerDraft>(issuer === undefined ? EMPTY : draftOf(issuer));
  return {
    draft,
    set: <K extends keyof IssuerDraft>(key: K, value: IssuerDraft[K]): void =>
      setDraft((before) => ({ ...before, [key]: value })),
    /** Another profile brings its own algorithms and, where everybody's is the same, its address. */
    choose: (profile: TokenProfile): void =>
      setDraft((before) => ({
        ...before,
        profile,
        algorithms: describeProfile(profile)?.algorithms ?? before.algorithms,
        ...(issuer === undefined ? { url: describeProfile(profile)?.url ?? '', tenant: '' } : {}),
      })),
    setTenant: (tenant: string): void =>
      setDraft((before) => ({
        ...before,
        tenant,
        ...(issuer === undefined
          ? { url: tenant === '' ? '' : `https://login.microsoftonline.com/${tenant.trim()}/v2.0` }
          : {}),
      })),
  };
}

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const claimsOf = (draft: IssuerDraft): Record<string, string> => ({
  ...(draft.profile === 'entra' && draft.tenant !== ''
    ? { [TENANT_CLAIM]: draft.tenant.trim() }
    : {}),
  ...Object.fromEntries(
    linesOf(draft.requiredClaims).map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  ),
});

const isAlgorithm = (name: string): name is (typeof ALGORITHMS)[number] =>
  ALGORITHMS.some((known) => known === name);

/** What the API is sent. */
export const settingsOf = (draft: IssuerDraft): Omit<TrustIssuer, 'name' | 'url'> => ({
  audiences: linesOf(draft.audiences),
  algorithms: draft.algorithms.filter(isAlgorithm),
  profile: draft.profile,
  clockToleranceSeconds: Number(draft.clockToleranceSeconds),
  maxTokenAgeSeconds: Number(draft.maxTokenAgeSeconds),
  signalsByEmail: draft.signalsByEmail,
  keysUrl: draft.keysUrl.trim() === '' ? null : draft.keysUrl.trim(),
  requiredClaims: claimsOf(draft),
});

const CLAIM_LINE = /^[^=\s]+\s*=\s*\S/;
const WHOLE_NUMBER = /^\d{1,2}$/;
const TOLERANCE_MAX_SECONDS = 60;
const AGE = /^\d{2,7}$/;
const AGE_MIN_SECONDS = 60;
const AGE_MAX_SECONDS = 31 * 86_400;
const isAge = (text: string): boolean =>
  AGE.test(text) && Number(text) >= AGE_MIN_SECONDS && Number(text) <= AGE_MAX_SECONDS;

/** What is wrong with what is typed; what is empty is not wrong yet. */
export const draftProblems = (draft: IssuerDraft): Record<string, string | null> => ({
  tenant:
    draft.profile !== 'entra' || draft.tenant === '' || isUuid(draft.tenant.trim())
      ? null
      : 'Paste the tenant’s id, 36 characters; not its domain.',
  algorithms: draft.algorithms.length === 0 ? 'Allow at least one.' : null,
  clockToleranceSeconds:
    WHOLE_NUMBER.test(draft.clockToleranceSeconds) &&
    Number(draft.clockToleranceSeconds) <= TOLERANCE_MAX_SECONDS
      ? null
      : `A whole number from 0 to ${TOLERANCE_MAX_SECONDS}.`,
  maxTokenAgeSeconds: isAge(draft.maxTokenAgeSeconds)
    ? null
    : `A whole number from ${AGE_MIN_SECONDS} to ${AGE_MAX_SECONDS}.`,
  requiredClaims: linesOf(draft.requiredClaims).every((line) => CLAIM_LINE.test(line))
    ? null
    : 'Write one a line as claim=value.',
});

/** Whether there is enough to ask the issuer anything. */
export const isTestable = (draft: IssuerDraft): boolean =>
  URL.canParse(draft.url) &&
  linesOf(draft.audiences).length > 0 &&
  Object.values(draftProblems(draft)).every((problem) => problem === null);
