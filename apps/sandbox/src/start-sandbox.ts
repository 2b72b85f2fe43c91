import { AGENTS } from './organisation/agents.js';
import {
  describeOrganisation,
  type DemoOrganisation,
} from './organisation/describe-organisation.js';
import { startEverything, type Everything } from './everything/start-everything.js';
import { startHelpdesk, type Helpdesk } from './helpdesk/start-helpdesk.js';
import type { SigningKeyStore } from './idp/signing-keys.js';
import { startIdp, type Idp } from './idp/start-idp.js';

/** How to start the demo organisation. */
export interface SandboxOptions {
  /** Ports of the parts, by default PORT+1, PORT+2 and PORT+3; 0 takes a free one. */
  ports: { idp: number; everything: number; helpdesk: number };
  /** The audience of agents' tokens, for example http://localhost:4000. */
  audience: string;
  /** The console's origin, where sign-in returns to. */
  consoleOrigin: string;
  consoleClientSecret: string;
  /** The secret of each agent's client at the IdP; the caller keeps it. */
  agentClientSecret: (clientId: string) => string;
  /** Where the IdP's signing keys live between starts. */
  keyStore: SigningKeyStore;
  log?: (message: string) => void;
}

/** The running demo organisation. */
export interface Sandbox {
  issuer: string;
  idp: Idp;
  everything: Everything;
  helpdesk: Helpdesk;
  organisation: DemoOrganisation;
  stop(): Promise<void>;
}

/** Starts IdP and tool servers; when one cannot start, those that did are stopped again. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { ports, log } = options;
  const agents = AGENTS.filter(({ binding }) => binding === 'subject').map(({ clientId }) => ({
    clientId,
    clientSecret: options.agentClientSecret(clientId),
  }));
  const starting = [
    startIdp({ ...options, agents, port: ports.idp }),
    startEverything({ port: ports.everything, ...(log && { log }) }),
    startHelpdesk({ port: ports.helpdesk }),
  ] as const;
  const stop = async (): Promise<void> => {
    const settled = await Promise.allSettled(starting);
    await Promise.all(
      settled.map(async (part) => part.status === 'fulfilled' && part.value.stop()),
    );
  };
  try {
    const [idp, everything, helpdesk] = await Promise.all(starting);
    const { issuer } = idp;
    const addresses = { issuer, everythingUrl: everything.url, helpdeskUrl: helpdesk.url };
    return {
      issuer,
      idp,
      everything,
      helpdesk,
      organisation: describeOrganisation(addresses),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
