import { setTimeout as sleep } from 'node:timers/promises';
import { agentClient } from '../support/agent-client.js';
import { asker, named, type Ask } from '../support/ask.js';
import { signInByHttp } from '../support/http-person.js';
import type { Installation } from '../support/installation.js';
import { startBearerProxy, type BearerProxy } from './bearer-proxy.js';

const AGENT = 'coding-agent';
const SLUG = 'conformance';
const REASON = 'The conformance suite asks for it.';
const POLICY = `rules:
  - name: the-suite-may-do-everything
    effect: allow
    agents: { names: [${AGENT}] }
    tools: { servers: [${SLUG}] }
    when: { always: true }
    reason: The suite checks that what is allowed works.
`;

/** The fixture server behind a gateway, which denies everything until it is told otherwise. */
export interface GovernedFixture {
  url: string;
  allowEverything(): Promise<void>;
  close(): void;
}

/** Registers the fixture server at an installation, for one of its agents. */
export const governFixture = async (
  site: Installation,
  fixtureUrl: string,
): Promise<GovernedFixture> => {
  const signIn = async (name: string): Promise<Ask> => {
    const credentials = { email: `${name}@example.test`, password: site.password };
    return asker(await signInByHttp(site.publicUrl, credentials));
  };
  const it = await signIn('it');
  const { proposedChange } = await it('POST', '/api/v1/tool-servers', {
    slug: SLUG,
    name: 'Conformance',
    kind: 'mcp',
    url: fixtureUrl,
    ownerId: (await named(it, '/api/v1/people', 'Dana Velez')).id,
    teamId: (await named(it, '/api/v1/teams', 'Engineering')).id,
  });
  // A rule that reaches every tool would reach those of a new server, too: two people.
  const security = await signIn('security');
  const { id: changeId } = proposedChange as { id: string };
  await security('POST', `/api/v1/proposed-changes/${changeId}/confirm`, { note: REASON });
  const { id } = await named(it, '/api/v1/tool-servers', 'Conformance');
  await until(async () => {
    const { state } = await it('GET', `/api/v1/tool-servers/${id}`);
    return state === 'ready';
  });
  const { token } = await agentClient(site, AGENT);
  const proxy: BearerProxy = await startBearerProxy(site.publicUrl, token);
  const url = `${proxy.url}/mcp/${SLUG}`;
  const allowEverything = async (): Promise<void> => {
    const proposal = { name: 'conformance', text: POLICY, note: REASON };
    const made = await security('POST', '/api/v1/policy-versions', proposal);
    const publish = `/api/v1/policy-versions/${String(made['id'])}/publish`;
    await (
      await signIn('security2')
    )('POST', publish, { note: REASON });
    await until(() => isListed(url));
  };
  return { url, allowEverything, close: proxy.close };
};

// What is given reaches a gateway in a moment.
const isListed = async (url: string): Promise<boolean> => {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/list',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta } }),
  });
  return (await answer.text()).includes('test_simple_text');
};

const PATIENCE_MS = 30_000;

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  for (let waited = 0; waited < PATIENCE_MS; waited += 100) {
    if (await isSo()) return;
    await sleep(100);
  }
  throw new Error('the fixture server is not governed');
};
