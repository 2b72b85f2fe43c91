import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { REASON, type LoadCompany } from './load-company.js';

/** Something that gives a right, and how people and clients take it away and give it back over HTTP. */
export interface Right {
  readonly name: string;
  /** SQL over a call's entry: which allows depend on it. */
  readonly allowed: () => string;
  readonly takeAway: () => Promise<unknown>;
  readonly giveBack: () => Promise<unknown>;
}

/** Every kind of right that the organisation's calls depend on. */
export const rightsOf = (company: LoadCompany): Right[] => {
  const { it, security, office, calls, coder, ann, tool, server, guestIssuerId } = company;
  const because = { reason: REASON };
  const ofCoder = () => `actor_id = '${coder}'`;
  const ofAnn = () => `data->>'personId' = '${ann}'`;
  const delegationId = () => calls['delegated']!.onBehalfOf!;
  const ofDelegation = () => `data->>'delegationId' = '${delegationId()}'`;
  const oneToken = () => calls['by a token to revoke']!.token;
  const agent = (verb: string) => it('POST', `/api/v1/agents/${coder}/${verb}`, because);
  const issuer = (verb: string) => it('POST', `/api/v1/issuers/${guestIssuerId}/${verb}`, because);

  const stop = (name: string, allowed: string, target: Record<string, unknown>): Right => {
    let id = '';
    return {
      name,
      allowed: () => allowed,
      takeAway: async () => {
        id = String((await it('POST', '/api/v1/kill-switches', { ...target, ...because }))['id']);
      },
      giveBack: () => it('POST', `/api/v1/kill-switches/${id}/release`, because),
    };
  };

  return [
    {
      name: 'an agent, suspended',
      allowed: ofCoder,
      takeAway: () => agent('suspend'),
      giveBack: () => agent('activate'),
    },
    {
      name: 'the tokens of an agent',
      allowed: ofCoder,
      takeAway: () => agent('revoke-tokens'),
      giveBack: company.renew,
    },
    {
      name: 'a binding',
      allowed: () => `data->>'bindingId' = '${company.bindingId}'`,
      takeAway: () => agent(`bindings/${company.bindingId}/unbind`),
      giveBack: company.bindCoder,
    },
    {
      name: 'a person, by SCIM',
      allowed: ofAnn,
      takeAway: () => company.setAnnActive(false),
      giveBack: async () => {
        await company.setAnnActive(true);
        await company.renew();
      },
    },
    {
      name: 'the access of a person',
      allowed: ofAnn,
      takeAway: () => security('POST', `/api/v1/people/${ann}/revoke-access`, because),
      giveBack: company.renew,
    },
    {
      name: 'a delegation, withdrawn',
      allowed: ofDelegation,
      takeAway: () => office('POST', `/api/v1/delegations/${delegationId()}/withdraw`, because),
      giveBack: company.delegate,
    },
    {
      name: 'a delegation, revoked',
      allowed: ofDelegation,
      takeAway: () => security('POST', `/api/v1/delegations/${delegationId()}/revoke`, because),
      giveBack: company.delegate,
    },
    {
      name: 'one token',
      allowed: () => `data->>'tokenDigest' = '${digestOf(oneToken())}'`,
      takeAway: () => it('POST', '/api/v1/access-tokens/revoke', { token: oneToken(), ...because }),
      giveBack: company.newToken,
    },
    {
      name: 'our own keys',
      allowed: () => `data->>'identifiedBy' = 'own_token'`,
      takeAway: () =>
        security('POST', '/api/v1/signing-keys/rotate', { ...because, compromised: true }),
      giveBack: company.exchange,
    },
    {
      name: 'a policy, by a denial',
      allowed: ofCoder,
      takeAway: company.denyCoder,
      giveBack: company.allowCoder,
    },
    {
      name: 'an issuer',
      allowed: () => `data->>'issuerId' = '${guestIssuerId}'`,
      takeAway: () => issuer('retire'),
      // It gives its people and agents back what they could do: two people.
      giveBack: async () => {
        const { id } = (await issuer('restore'))['proposedChange'] as { id: string };
        await security('POST', `/api/v1/proposed-changes/${id}/confirm`, { note: REASON });
      },
    },
    stop('a tool', `subject_id = '${tool.id}'`, { scope: 'tool', targetId: tool.id }),
    stop('a tool server', `data->>'server' = 'helpdesk'`, {
      scope: 'server',
      targetId: server.id,
    }),
    stop('everything', 'true', { scope: 'everything' }),
  ];
};

const digestOf = (token: string): string => {
  const { iss, jti } = decodeJwt(token);
  return createHash('sha256').update(`${iss}\n${jti}`).digest('hex');
};
