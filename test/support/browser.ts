import chromiumPackage from '@sparticuz/chromium';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

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
  return chromium.launch({ executablePath, args: [...chromiumPackage.args, ...QUIET] });
};

/** A person's own browser window, signed in through the IdP's real pages. */
export const signIn = async (
  browser: Browser,
  site: { publicUrl: string; password: string },
  email: string,
): Promise<{ context: BrowserContext; page: Page }> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(site.publicUrl);
  await page
    .getByRole('link', { name: /sign in/i })
    .or(page.getByRole('button', { name: /sign in/i }))
    .first()
    .click();
  await page.getByLabel(/e-?mail|account/i).fill(email);
  await page.getByLabel(/password/i).fill(site.password);
  await page.getByRole('button', { name: /sign in|continue/i }).click();
  await page.waitForURL((url) => url.origin === site.publicUrl);
  await page.getByText(email).first().waitFor();
  return { context, page };
};
