import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askDirectly, openBrowser, signIn, type Desk } from '../support/browser.js';
import { desktopClient, type DesktopClient } from '../support/desktop-client.js';
import { startInstallation, type Installation } from '../support/installation.js';
import { asSuperuser } from '../support/superuser.js';

const CLIENT = 'desktop-assistant';
const PERSON = 'office@example.test';

let site: Installation;
let browser: Browser;
let desk: DesktopClient;
let administrator: Desk;
let security: Desk;

beforeAll(async () => {
  site = await startInstallation();
  browser = await openBrowser();
  administrator = await signIn(browser, site, 'it@example.test');
  security = await signIn(browser, site, 'security@example.test');
  desk = desktopClient(`${site.publicUrl}/mcp`, CLIENT);
});

afterAll(async () => {
  await desk.close();
  await browser.close();
  await site.stop();
});

/** Signs the person in at the IdP's real page, in a browser of their own. */
const signInAtDesk = async (url: URL, email: string): Promise<void> => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url.href);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(site.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Continue to Desktop assistant' }).waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(/\/oauth\/callback\?/);
  await context.close();
};

/** What security sees of the agent's calls, newest first; it is read from the ledger. */
const calls = async (): Promise<unknown[]> => {
  const answer = await askDirectly(security, 'GET', '/api/v1/calls');
  const { items } = answer.body as { items: { agent: { name: string } }[] };
  return items.filter(({ agent }) => agent.name === 'desktop-agent');
};

// One step after the other, as it happens on a desk; each stands on the one before.
describe('an MCP client that nobody here wrote', () => {
  it('finds by itself where its person signs in, and for what', async () => {
    const url = await desk.signInUrl();
    expect(url.origin).toBe(`http://localhost:${site.port + 1}`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: CLIENT,
      code_challenge_method: 'S256',
      resource: `${site.publicUrl}/mcp`,
    });
  });

  it('is answered once its person has signed in', async () => {
    await signInAtDesk(await desk.signInUrl(), PERSON);
    await desk.connected;
    const names = await desk.toolNames();
    expect(names).toContain('everything__echo');
    // Only what agent and person both may do, and the agent only reads.
    expect(names).not.toContain('helpdesk__refund');
  });

  it('calls a tool, and the ledger names the agent and the person', async () => {
    expect(await desk.call('everything__echo', { message: 'hello' })).toEqual({
      isError: false,
      text: 'Echo: hello',
    });
    expect(await calls()).toMatchObject([
      {
        agent: { name: 'desktop-agent' },
        person: { name: 'Olof Fischer' },
        identifiedBy: 'client_binding',
        tool: 'echo',
        decision: 'allow',
      },
    ]);
  });

  it('is rejected as soon as its person is disabled', async () => {
    const [person] = await asSuperuser<{ id: string }>(
      site,
      'SELECT id FROM person WHERE email = $1',
      [PERSON],
    );
    const disabled = await askDirectly(
      administrator,
      'POST',
      `/api/v1/people/${person?.id}/disable`,
      {
        reason: 'Left the company.',
      },
    );
    expect(disabled.status).toBe(200);
    await expect(desk.call('everything__echo', { message: 'still' })).rejects.toThrow(
      /person for whom this agent acts is not active/,
    );
    expect(await calls()).toMatchObject([
      { person: { name: 'Olof Fischer' }, decision: 'invalid', code: 'person_not_active' },
      { person: { name: 'Olof Fischer' }, decision: 'allow' },
    ]);
  });
});
