import chromiumPackage from '@sparticuz/chromium';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Installation } from './installation.js';

const QUIET = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium: the one that npm installed, or the one that CHROME_PATH names. */
export const openBrowser = async (): Promise<Browser> => {
  const given = process.env['CHROME_PATH'];
  if (given) return chromium.launch({ executablePath: given, args: QUIET });
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'The browser tests bring a Chromium for Linux x64 only: set CHROME_PATH to an installed Chrome.',
    );
  }
  const executablePath = await chromiumPackage.executablePath();
  // Its arguments are for one page in a small container; two people need two processes.
  const args = chromiumPackage.args.filter((arg) => arg !== '--single-process');
  return chromium.launch({ executablePath, args: [...args, ...QUIET] });
};

/** One person's own browser window. */
export interface Desk {
  context: BrowserContext;
  page: Page;
  /** What the browser complained about: scripts that failed, policies that were violated. */
  complaints: string[];
}

/** Signs a person in through the console's button and the IdP's real page. */
export const signIn = async (
  browser: Browser,
  site: Installation,
  email: string,
  scheme: 'light' | 'dark' = 'light',
): Promise<Desk> => {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: scheme,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 40[13]/.test(message.text()))
      complaints.push(message.text());
  });
  await page.goto(site.publicUrl);
  await page.getByRole('link', { name: 'Sign in with your company account' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(site.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  return { context, page, complaints };
};

/** Asks the API with the session and the CSRF token of a signed-in browser, past what screens offer. */
export const askDirectly = async (
  { page }: Desk,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: object,
): Promise<{ status: number; body: { code?: string } }> =>
  page.evaluate(
    async ({ method, path, body }) => {
      const session = (await (await fetch('/api/v1/session')).json()) as { csrfToken: string };
      const answer = await fetch(path, {
        method,
        headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrfToken },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: answer.status, body: (await answer.json()) as { code?: string } };
    },
    { method, path, body },
  );
