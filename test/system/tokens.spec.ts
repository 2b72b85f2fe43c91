import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startInstallation, type Installation } from '../support/installation.js';

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

interface Act {
  sub: string;
  act?: Act;
}

let site: Installation;

beforeAll(async () => {
  site = await startInstallation();
});

afterAll(() => site.stop());

const print = async (...args: string[]): Promise<string> => {
  const { code, output, lastLine } = await site.gatehouse('token', ...args);
  if (code !== 0) throw new Error(output);
  return lastLine;
};

const echo = async (token: string, more: Record<string, unknown> = {}): Promise<number> => {
  const answer = await fetch(`${site.publicUrl}/v1/tool-calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      server: 'everything',
      tool: 'echo',
      arguments: { message: 'hello' },
      ...more,
    }),
  });
  await answer.text();
  return answer.status;
};

describe('the command line', () => {
  it('prints a token about a person, with which an agent may act for them', async () => {
    const [agent, person] = [
      await print('--agent', 'coding-agent'),
      await print('--person', 'office@example.test'),
    ];
    expect(await echo(agent, { onBehalfOf: person })).toBe(200);
    // A bare name is no proof.
    expect(await echo(agent, { onBehalfOf: 'office@example.test' })).toBe(403);
    const answer = await fetch(`${site.publicUrl}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: person,
        subject_token_type: ACCESS_TOKEN,
        actor_token: agent,
        actor_token_type: ACCESS_TOKEN,
      }),
    });
    const { access_token: own } = (await answer.json()) as { access_token: string };
    // The person signed in with the desktop agent's client, so that agent is in the chain (invariant I13).
    const { act, client_id: actor } = decodeJwt(own) as { act: Act; client_id: string };
    expect(act).toEqual({ sub: actor, act: { sub: expect.any(String) as string } });
    expect(act.act?.sub).not.toBe(actor);
    expect(await echo(own)).toBe(200);
  });

  it('prints a SCIM token that opens the SCIM server, and the same one after a restart', async () => {
    const token = await print('--scim');
    const users = () =>
      fetch(`${site.publicUrl}/scim/v2/Users`, { headers: { authorization: `Bearer ${token}` } });
    expect((await users()).status).toBe(200);
    await site.kill();
    await site.restart();
    expect(await print('--scim')).toBe(token);
    expect((await users()).status).toBe(200);
  });

  it('prints nothing when it is not told whose, or for an unknown person', async () => {
    for (const args of [
      [],
      ['--agent', 'coding-agent', '--scim'],
      ['--agent', 'desktop-agent'],
      ['--person', 'nobody'],
    ]) {
      const { code, output } = await site.gatehouse('token', ...args);
      expect(code).toBe(1);
      expect(output).not.toMatch(/eyJ|gh_scim_/);
    }
  });
});
