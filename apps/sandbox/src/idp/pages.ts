import { createHash } from 'node:crypto';
import { ACCOUNTS } from '../organisation/accounts.js';

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; display: grid; place-items: center; min-height: 100vh; }
main { width: min(26rem, 100% - 2rem); padding: 2rem 0; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
label { display: block; font-weight: 600; margin: 1rem 0 .25rem; }
input, button { font: inherit; width: 100%; box-sizing: border-box; padding: .6rem .7rem; border-radius: .4rem; border: 1px solid #767676; }
button { margin-top: 1.25rem; background: #1a5fb4; border-color: #1a5fb4; color: #fff; font-weight: 600; cursor: pointer; }
:focus-visible { outline: 3px solid #62a0ea; outline-offset: 2px; }
[role=alert] { border-left: 4px solid #c01c28; padding: .5rem .75rem; margin: 1rem 0; }
ul { padding-left: 1.1rem; margin: .25rem 0 0; }
aside { margin-top: 2rem; border-top: 1px solid #767676; padding-top: 1rem; font-size: .9rem; }
`;

const styleHash = createHash('sha256').update(STYLE).digest('base64');
const baseCsp = `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'`;

/** Headers of every page without a form. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `${baseCsp}; form-action 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Headers of a page with a form; its answer may redirect on to the application. */
export const formPageHeaders = (returnTarget: string): Readonly<Record<string, string>> => ({
  ...PAGE_HEADERS,
  'content-security-policy': `${baseCsp}; form-action 'self' ${returnTarget}`.trim(),
});

/** The sign-in page, with what was wrong with the last attempt. */
export function signInPage(options: {
  action: string;
  password: string;
  email?: string;
  problem?: string;
}): string {
  const { action, email = '', password, problem } = options;
  const alert = problem === undefined ? '' : `<p role="alert" id="problem">${escape(problem)}</p>`;
  const described = problem === undefined ? '' : ' aria-describedby="problem" aria-invalid="true"';
  const people = ACCOUNTS.map(
    (account) => `<li><b>${escape(account.email)}</b>: ${escape(account.does)}</li>`,
  );
  return page(
    'Sign in',
    `<h1>Sign in to Example Company</h1>
<p>The demo organisation's identity provider.</p>
${alert}
<form method="post" action="${escape(action)}">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required maxlength="200" autofocus value="${escape(email)}"${described}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200"${described}>
<button type="submit">Sign in</button>
</form>
<aside><h2>Who can sign in</h2>
<ul>${people.join('')}</ul>
<p>Password for all: <code>${escape(password)}</code></p></aside>`,
  );
}

/** What somebody signs in to. */
export interface Application {
  name: string;
  /** It will act for the person who signs in; otherwise it only learns who they are. */
  callsTools: boolean;
}

/** Asks whether an application may know who signed in, and act for them. */
export const consentPage = (action: string, { name, callsTools }: Application): string =>
  page(
    'Continue',
    `<h1>Continue to ${escape(name)}</h1>
<p>${callsTools ? 'It will call tools through Gatehouse on your behalf.' : 'It will see your name and e-mail address.'}</p>
<form method="post" action="${escape(action)}"><button type="submit">Continue</button></form>`,
  );

/** Sent for a moment while signing out; the button is for browsers without scripts. */
export const leavingPage = (form: string, script: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Signing out</title></head>
<body><main><h1>Signing you out…</h1>${form.replace('</form>', '<input type="hidden" name="logout" value="yes"><noscript><button type="submit">Sign out</button></noscript></form>')}</main>
<script>${script}</script></body></html>`;

/** Shown when nobody asked to be sent anywhere after signing out. */
export const signedOutPage = (): string =>
  page('Signed out', '<h1>You are signed out.</h1><p>You may close this page.</p>');

/** Shown when a sign-in cannot go on. */
export const errorPage = (problem: string): string =>
  page(
    'Sign-in failed',
    `<h1>This sign-in cannot go on</h1><p role="alert">${escape(problem)}</p>
<p>Go back to the application and sign in again.</p>`,
  );

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} · Example Company</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head>
<body><main>${body}</main></body></html>`;

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
