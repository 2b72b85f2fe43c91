import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InteractionDetails, Provider } from 'oidc-provider';
import { ACCOUNTS, SANDBOX_PASSWORD, type Account } from '../organisation/accounts.js';
import { CONSOLE_CLIENT_ID, DESKTOP_CLIENT_ID } from './clients.js';
import {
  consentPage,
  errorPage,
  formPageHeaders,
  PAGE_HEADERS,
  signInPage,
  type Application,
} from './pages.js';

const MAX_BODY_BYTES = 4_096;

/** Answers /interaction/…: who is signing in, and may the application know. */
export async function answerInteraction(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const show = (status: number, html: string, headers = PAGE_HEADERS): void =>
    void response.writeHead(status, headers).end(html);
  let details: InteractionDetails;
  try {
    details = await provider.interactionDetails(request, response);
  } catch {
    return show(400, errorPage('It has expired, or it was begun in another browser.'));
  }
  const headers = formPageHeaders(returnTarget(details));
  const action = `/interaction/${details.uid}`;
  if (details.prompt.name === 'login') {
    if (request.method !== 'POST') {
      return show(200, signInPage({ action, password: SANDBOX_PASSWORD }), headers);
    }
    const form = await readForm(request);
    const email = (form.get('email') ?? '').trim();
    const account = checkPassword(email, form.get('password') ?? '');
    if (account)
      return finish(provider, request, response, { login: { accountId: account.subject } });
    const problem = `That e-mail and password do not belong together. Everybody's password is ${SANDBOX_PASSWORD}.`;
    return show(401, signInPage({ action, password: SANDBOX_PASSWORD, email, problem }), headers);
  }
  if (request.method !== 'POST') {
    const client = String(details.params['client_id']);
    return show(200, consentPage(action, await applicationOf(provider, client)), headers);
  }
  await finish(provider, request, response, { consent: await grantFor(provider, details) });
}

/** Where the answer may lead; the provider has checked that it is the client's own address. */
const returnTarget = ({ params }: InteractionDetails): string => {
  const { redirect_uri: uri } = params;
  if (typeof uri !== 'string' || !URL.canParse(uri)) return '';
  const { origin, protocol } = new URL(uri);
  return origin === 'null' ? protocol : origin;
};

const applicationOf = async (provider: Provider, clientId: string): Promise<Application> => {
  if (clientId === CONSOLE_CLIENT_ID) return { name: 'Gatehouse', callsTools: false };
  const client = await provider.Client.find(clientId);
  // Anybody may register under any name: only those that the company registered are called by theirs.
  const name = clientId === DESKTOP_CLIENT_ID ? client?.clientName : undefined;
  return { name: name ?? `an application that registered itself (${clientId})`, callsTools: true };
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function checkPassword(email: string, password: string): Account | undefined {
  const right = timingSafeEqual(digest(password), digest(SANDBOX_PASSWORD));
  return right ? ACCOUNTS.find((account) => account.email === email.toLowerCase()) : undefined;
}

async function grantFor(
  provider: Provider,
  details: InteractionDetails,
): Promise<{ grantId: string }> {
  const known =
    details.grantId === undefined ? undefined : await provider.Grant.find(details.grantId);
  const grant =
    known ??
    new provider.Grant({
      accountId: details.session?.accountId ?? '',
      clientId: String(details.params['client_id']),
    });
  const { scope } = details.params;
  grant.addOIDCScope(typeof scope === 'string' ? scope : 'openid');
  return { grantId: await grant.save() };
}

const finish = (
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  result: Record<string, unknown>,
): Promise<void> =>
  provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += String(chunk);
    if (body.length > MAX_BODY_BYTES) return new URLSearchParams();
  }
  return new URLSearchParams(body);
}
