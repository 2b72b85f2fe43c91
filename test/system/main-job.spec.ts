import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentClient } from '../support/agent-client.js';
import { askDirectly, openBrowser, signIn, type Desk } from '../support/browser.js';
import { startInstallation, type Installation } from '../support/installation.js';

const REASON = 'Echo was used to spill a customer name.';

let site: Installation;
let browser: Browser;
let security: Desk;
let security2: Desk;
let agent: Client;
let changeUrl: string;

beforeAll(async () => {
  site = await startInstallation();
  browser = await openBrowser();
  const { token } = await agentClient(site, 'coding-agent');
  agent = new Client({ name: 'an MCP client that is not ours', version: '1.0.0' });
  await agent.connect(
    new StreamableHTTPClientTransport(new URL(`${site.publicUrl}/mcp`), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
    }),
  );
});

afterAll(async () => {
  await agent.close();
  await browser.close();
  await site.stop();
});

const echo = async (message: string): Promise<{ isError: boolean; text: string }> => {
  const result = await agent.callTool({ name: 'everything__echo', arguments: { message } });
  const text = (result.content as { text?: string }[]).map((part) => part.text ?? '').join('\n');
  return { isError: result.isError === true, text };
};

// One step after the other, as people do it; each stands on the one before.
describe('the main job, end to end', () => {
  it('lets the agent list and call what it may', async () => {
    const { tools } = await agent.listTools();
    expect(tools.map((tool) => tool.name)).toContain('everything__echo');
    expect(tools.filter((tool) => tool.name.startsWith('helpdesk__'))).toEqual([]);
    expect(await echo('hello')).toEqual({ isError: false, text: 'Echo: hello' });
  });

  it('shows the allowed call to security', async () => {
    security = await signIn(browser, site, 'security@example.test');
    const { page } = security;
    await page.getByRole('link', { name: 'Calls', exact: true }).click();
    const row = page.getByRole('row').filter({ hasText: 'coding-agent' });
    await row.first().waitFor();
    expect(await row.first().innerText()).toMatch(/everything\/echo[\s\S]*Allow/);
    await row.first().getByRole('link').first().click();
    await page.getByRole('heading', { name: /coding-agent → everything\/echo/ }).waitFor();
  });

  it('lets security propose in one click to deny the tool', async () => {
    const { page } = security;
    await page.getByRole('button', { name: /^Deny this tool for this agent/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill(REASON);
    await dialog.getByRole('button', { name: 'Propose to deny' }).click();
    await page.waitForURL(/\/policy-versions\/[0-9a-f-]{36}$/);
    await page.getByText('In review').first().waitFor();
    changeUrl = page.url();
  });

  it('rejects security to publish the own proposal, on the screen and asked directly', async () => {
    const { page } = security;
    await page.getByText(/somebody else must confirm it/).waitFor();
    expect(await page.getByRole('button', { name: /^Publish/ }).count()).toBe(0);
    const id = changeUrl.split('/').at(-1);
    const path = `/api/v1/policy-versions/${id}/publish`;
    const answer = await askDirectly(security, 'POST', path, { note: 'I insist.' });
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await echo('still')).isError).toBe(false);
  });

  it('lets a second person publish', async () => {
    security2 = await signIn(browser, site, 'security2@example.test');
    const { page } = security2;
    await page.goto(changeUrl);
    await page.getByRole('button', { name: /^Publish/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('Agreed, until the tool is fixed.');
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Active', { exact: true }).first().waitFor();
  });

  it('denies the next call of the agent, with the reason', async () => {
    const listed = (await agent.listTools()).tools.map((tool) => tool.name);
    expect(listed).not.toContain('everything__echo');
    await expect(echo('again')).rejects.toThrow(/everything__echo/);
    const plain = await agentClient(site, 'coding-agent');
    const denied = await plain.call('everything', 'echo', { message: 'again' });
    expect(denied.status).toBe(403);
    expect(denied.body.reason).toBe(REASON);
    expect(denied.body.rule).toContain('coding-agent');
  });

  it('shows both calls, with their reasons', async () => {
    const { page } = security2;
    await page.getByRole('link', { name: 'Calls', exact: true }).click();
    const rows = page.getByRole('row').filter({ hasText: 'everything/echo' });
    await rows.filter({ hasText: REASON }).first().waitFor();
    const texts = await rows.allInnerTexts();
    expect(texts.some((text) => text.includes('Denied') && text.includes(REASON))).toBe(true);
    expect(
      texts.some((text) => text.includes('Allowed') && text.includes('The coding agent may')),
    ).toBe(true);
  });

  it('shows the change with both names in the ledger', async () => {
    const { page } = security2;
    await page.goto(
      `${site.publicUrl}/ledger-entries?filter=${encodeURIComponent('{"type":"publish-policy"}')}`,
    );
    await page
      .getByRole('row')
      .filter({ hasText: 'publish-policy' })
      .first()
      .getByRole('link')
      .first()
      .click();
    await page.getByRole('heading', { level: 1 }).filter({ hasText: 'publish-policy' }).waitFor();
    const text = await page.getByRole('main').innerText();
    expect(text).toContain('Selma Curie');
    expect(text).toContain('Samir Cole');
  });

  it('proves the ledger from the console', async () => {
    const { page } = security2;
    await page.goto(`${site.publicUrl}/ledger-entries`);
    await page.getByRole('button', { name: /verify/i }).click();
    await page.getByText('It is intact.').waitFor();
  });

  it('signs people out for good', async () => {
    const { page, context } = security;
    await page
      .getByRole('banner')
      .getByRole('button', { name: /Selma Curie/ })
      .click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('link', { name: 'Sign in with your company account' }).waitFor();
    const answer = await context.request.get(`${site.publicUrl}/api/v1/session`);
    expect(answer.status()).toBe(401);
  });

  it('made no browser complain', () => {
    expect([...security.complaints, ...security2.complaints]).toEqual([]);
  });
});
