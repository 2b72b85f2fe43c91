import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentClient } from '../support/agent-client.js';
import { askDirectly, openBrowser, signIn, type Desk } from '../support/browser.js';
import { startInstallation, type Installation } from '../support/installation.js';

let site: Installation;
let browser: Browser;

beforeAll(async () => {
  site = await startInstallation();
  browser = await openBrowser();
  const agent = await agentClient(site, 'coding-agent');
  await agent.call('everything', 'echo', { message: 'hello' });
  await agent.call('helpdesk', 'search_tickets', { query: 'vpn' });
  await proposeChange();
});

/** IT asks for a change that a second person must confirm, so that its screens have one to show. */
const proposeChange = async (): Promise<void> => {
  const desk = await signIn(browser, site, 'it@example.test');
  const id = await idsOf(desk, '/api/v1/issuers?perPage=1');
  const { status } = await askDirectly(desk, 'PATCH', `/api/v1/issuers/${id}`, {
    clockToleranceSeconds: 17,
    reason: 'The clocks of two agents drift.',
  });
  expect(status).toBe(202);
  await desk.context.close();
};

afterAll(async () => {
  await browser.close();
  await site.stop();
});

const idsOf = async (desk: Desk, path: string): Promise<string> => {
  const { body } = await askDirectly(desk, 'GET', path);
  return (body as { items: { id: string }[] }).items[0]!.id;
};

const LISTS = [
  '/',
  '/alerts',
  '/proposed-changes',
  '/kill-switches',
  '/agents',
  '/unregistered-agents',
  '/access-requests',
  '/delegations',
  '/delegations/new',
  '/tool-servers',
  '/tools',
  '/policies',
  '/policy-versions',
  '/calls',
  '/ledger-entries',
  '/people',
  '/people/add',
  '/groups',
  '/teams',
  '/roles',
  '/emergency-access',
  '/issuers',
  '/issuers/trust',
  '/scim-connections',
  '/scim-connections/register',
  '/signal-streams',
  '/signal-streams/register',
  '/signing-keys',
  '/setup',
];
const DETAILS = [
  'agents',
  'tool-servers',
  'tools',
  'policies',
  'policy-versions',
  'proposed-changes',
  'calls',
  'ledger-entries',
  'people',
  'teams',
  'issuers',
];

// Four seconds on two quiet cores, most of it axe.
const SCREEN_TIMEOUT_MS = 30_000;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

describe.each(['light', 'dark'] as const)('the console in %s', (scheme) => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await signIn(browser, site, 'security@example.test', scheme);
  });

  afterAll(() => desk.context.close());

  it('has broken no rule of its content security policy while signing in', () => {
    expect(desk.complaints.splice(0)).toEqual([]);
  });

  const meetsTheRules = async (path: string) => {
    await desk.page.goto(`${site.publicUrl}${path}`);
    await desk.page.getByRole('heading', { level: 1 }).waitFor();
    await desk.page.waitForLoadState('networkidle');
    const { violations } = await new AxeBuilder({ page: desk.page }).withTags(TAGS).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    expect(desk.complaints.splice(0)).toEqual([]);
  };

  describe('meets WCAG 2.2 AA, and breaks no rule of its content security policy,', () => {
    it.each(LISTS)('at %s', meetsTheRules, SCREEN_TIMEOUT_MS);

    it.each(DETAILS)(
      'at one of the %s',
      async (resource) => {
        await meetsTheRules(`/${resource}/${await idsOf(desk, `/api/v1/${resource}?perPage=1`)}`);
      },
      SCREEN_TIMEOUT_MS,
    );
  });
});

describe('what a role may not do', () => {
  it.each([
    ['it@example.test', /Register/, true],
    ['grc@example.test', /Register/, false],
  ])('is offered to %s only if they may', async (email, button, offered) => {
    const desk = await signIn(browser, site, email);
    await desk.page.goto(`${site.publicUrl}/agents`);
    await desk.page.getByRole('row').filter({ hasText: 'coding-agent' }).waitFor();
    const count = await desk.page
      .getByRole('link', { name: button })
      .or(desk.page.getByRole('button', { name: button }))
      .count();
    expect(count > 0).toBe(offered);
    await desk.context.close();
  });

  it('is rejected when asked for directly', async () => {
    const desk = await signIn(browser, site, 'grc@example.test');
    const id = await idsOf(desk, '/api/v1/agents?perPage=1');
    const answer = await askDirectly(desk, 'POST', `/api/v1/agents/${id}/suspend`, {
      reason: 'Just trying.',
    });
    expect(answer.status).toBe(403);
    await desk.context.close();
  });
});
