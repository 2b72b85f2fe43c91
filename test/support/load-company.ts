import { setTimeout as sleep } from 'node:timers/promises';
import { startIdp, type TestIdp } from '#libs/dev/testing';
import { SECOND_MS } from '#libs/platform/kernel';
import { asker, checked, named, type Ask, type Body, type Item } from './ask.js';
import type { LoadCall } from './call-load.js';
import type { CommitOrder } from './commit-order.js';
import { signInByHttp } from './http-person.js';
import type { Installation } from './installation.js';

/** Agents and people of IdPs of their own, what they call, and who decides about them. */
export interface LoadCompany {
  readonly it: Ask;
  readonly security: Ask;
  readonly office: Ask;
  readonly coder: string;
  readonly ann: string;
  readonly guestIssuerId: string;
  readonly tool: Item;
  readonly server: Item;
  readonly calls: Record<string, LoadCall>;
  bindingId: string;
  /** Binds the coder anew. */
  bindCoder(): Promise<void>;
  setAnnActive(active: boolean): Promise<unknown>;
  /** Proposes to deny the coder its tool, and has a second person publish it. */
  denyCoder(): Promise<unknown>;
  /** Publishes what the policy said at first. */
  allowCoder(): Promise<unknown>;
  delegate(): Promise<void>;
  /** A new token of our own, of the coder for Ann. */
  exchange(): Promise<void>;
  /** A new token of the coder's, for the call that comes with one to revoke. */
  newToken(): Promise<void>;
  /** New tokens of everybody's, which no cut so far concerns. */
  renew(): Promise<void>;
  stop(): Promise<void>;
}

/** Why, for every command that asks. */
export const REASON = 'A test takes it away and gives it back.';
const POLICY = `rules:
  - name: load-agents-search
    effect: allow
    agents: { names: [load-coder, load-guest] }
    tools: { names: [helpdesk/search_tickets] }
    when: { always: true }
    reason: They make load.
`;

/** Registers everything by the API's own commands, at the process that answers at `apiUrl`. */
export const startLoadCompany = async (
  site: Installation,
  apiUrl: string,
  order: CommitOrder,
): Promise<LoadCompany> => {
  const [home, abroad] = await Promise.all([startIdp(), startIdp()]);
  const signIn = async (name: string): Promise<Ask> => {
    const credentials = { email: `${name}@example.test`, password: site.password };
    return asker(await signInByHttp(site.publicUrl, credentials, apiUrl));
  };
  const it = await signIn('it');
  const [security, security2, office] = [
    await signIn('security'),
    await signIn('security2'),
    await signIn('office'),
  ];
  const tool = await named(it, '/api/v1/tools?perPage=100', 'search_tickets');
  const server = await named(it, '/api/v1/tool-servers', 'Helpdesk');
  const team = await named(it, '/api/v1/teams', 'Engineering');
  const owner = await named(it, '/api/v1/people', 'Dana Velez');

  const trust = async (idp: TestIdp, name: string): Promise<string> => {
    const made = await it('POST', '/api/v1/issuers', {
      url: idp.issuer,
      name,
      audiences: [site.publicUrl],
      algorithms: ['RS256'],
      profile: 'rfc9068',
      clockToleranceSeconds: 5,
    });
    return String(made['id']);
  };
  const issuerId = await trust(home, 'The IdP of the load');
  const guestIssuerId = await trust(abroad, 'The IdP of the guests');

  const register = async (name: string): Promise<string> => {
    const agent = { name, purpose: 'Makes load.', riskTier: 'low' };
    const made = await it('POST', '/api/v1/agents', {
      ...agent,
      ownerId: owner.id,
      teamId: team.id,
    });
    return String(made['id']);
  };
  const bind = async (agentId: string, binding: Body): Promise<string> => {
    const answer = await it('POST', `/api/v1/agents/${agentId}/bindings`, binding);
    const proposed = answer['proposedChange'] as Item | undefined;
    // Who has a new identity of an agent that may call something could call it, too: two people.
    if (proposed !== undefined)
      await security('POST', `/api/v1/proposed-changes/${proposed.id}/confirm`, { note: REASON });
    const { bindings } = await it('GET', `/api/v1/agents/${agentId}`);
    return (bindings as Item[])[0]!.id;
  };
  const coder = await register('load-coder');
  const guest = await register('load-guest');
  const coderBinding = { kind: 'subject', issuerId, subject: 'coder' };
  const bindingId = await bind(coder, coderBinding);
  await bind(guest, { kind: 'subject', issuerId: guestIssuerId, subject: 'guest' });
  for (const id of [coder, guest])
    await it('POST', `/api/v1/agents/${id}/activate`, { reason: REASON });

  const publish = async (proposal: Body, path = '/api/v1/policy-versions'): Promise<Body> => {
    const made = await security('POST', path, proposal);
    return security2('POST', `/api/v1/policy-versions/${String(made['id'])}/publish`, {
      note: REASON,
    });
  };
  const first = await publish({ name: 'load', text: POLICY, note: REASON });
  const policyId = (first['policy'] as Item).id;

  // A person whom a provisioning client brings, and who has signed in once.
  const connection = await it('POST', '/api/v1/scim-connections', {
    name: 'The directory of the load',
    kind: 'other',
    issuerId,
  });
  const { token: scimToken } = await it(
    'POST',
    `/api/v1/scim-connections/${String(connection['id'])}/tokens`,
    { scopes: ['users:read', 'users:write'] },
  );
  const scim = async (method: string, path: string, body: Body): Promise<Body> => {
    const answer = await fetch(`${apiUrl}/scim/v2${path}`, {
      method,
      headers: {
        authorization: `Bearer ${String(scimToken)}`,
        'content-type': 'application/scim+json',
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    return checked(`SCIM ${method}`, answer.status, (text === '' ? {} : JSON.parse(text)) as Body);
  };
  const ann = await scim('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'ann@load.example.test',
    displayName: 'Ann of the load',
    active: true,
  });
  const annId = String(ann['id']);
  await order.query(
    `INSERT INTO person_identity (issuer, subject, person_id, linked_at, linked_by)
     VALUES ($1, 'ann', $2, now(), 'claim')`,
    [home.issuer, annId],
  );
  const setAnnActive = (active: boolean) =>
    scim('PATCH', `/Users/${annId}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value: active }],
    });

  const audience = { aud: site.publicUrl };
  const tokenOf = (sub: string, idp = home) => idp.accessToken({ ...audience, sub });
  const delegate = async (): Promise<string> => {
    const made = await office('POST', '/api/v1/delegations', {
      agentId: coder,
      purpose: 'Looks things up while I am away.',
      days: 1,
    });
    return String(made['id']);
  };
  const ownToken = async (): Promise<string> => {
    const answer = await fetch(`${apiUrl}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: calls['for ann']!.onBehalfOf!,
        subject_token_type: ACCESS_TOKEN,
        actor_token: calls['coder']!.token,
        actor_token_type: ACCESS_TOKEN,
      }),
    });
    const body = checked('the exchange', answer.status, (await answer.json()) as Body);
    return String(body['access_token']);
  };
  const calls: Record<string, LoadCall> = {
    coder: { token: await tokenOf('coder') },
    'by a token to revoke': { token: await tokenOf('coder') },
    'for ann': { token: await tokenOf('coder'), onBehalfOf: await tokenOf('ann') },
    delegated: { token: await tokenOf('coder'), onBehalfOf: await delegate() },
    guest: { token: await tokenOf('guest', abroad) },
  };
  calls['by our own token'] = { token: await ownToken() };

  const company: LoadCompany = {
    it,
    security,
    office,
    coder,
    ann: annId,
    guestIssuerId,
    tool,
    server,
    calls,
    bindingId,
    bindCoder: async () => {
      company.bindingId = await bind(coder, coderBinding);
      await company.exchange();
    },
    setAnnActive,
    denyCoder: () => {
      const denial = { agentId: coder, toolId: tool.id, reason: REASON };
      return publish(denial, '/api/v1/policy-versions/denials');
    },
    allowCoder: async () => {
      const { active } = (await it('GET', `/api/v1/policies/${policyId}`)) as { active?: Item };
      return publish({ policyId, basedOnId: active?.id ?? null, text: POLICY, note: REASON });
    },
    delegate: async () => void (calls['delegated']!.onBehalfOf = await delegate()),
    exchange: async () => void (calls['by our own token']!.token = await ownToken()),
    newToken: async () => void (calls['by a token to revoke']!.token = await tokenOf('coder')),
    renew: async () => {
      // A cut counts whole seconds, so theirs must be of the next one.
      await sleep(2 * SECOND_MS);
      for (const name of ['coder', 'by a token to revoke', 'for ann', 'delegated'])
        calls[name]!.token = await tokenOf('coder');
      calls['for ann']!.onBehalfOf = await tokenOf('ann');
      await company.exchange();
    },
    stop: async () => void (await Promise.all([home.stop(), abroad.stop()])),
  };
  return company;
};

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
