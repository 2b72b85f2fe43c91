import type { RegistrySection, GatewayAgent, GatewayBinding } from './gateway-snapshot.js';
import { ByTwoKeys } from './two-keys.js';

type BindingIndex = Pick<
  RegistrySection,
  'agents' | 'bindings' | 'subjectBindings' | 'clientBindings'
>;

/** Finds agents by what a token says: each look-up is one exact match. */
export const indexBindings = (
  agents: ReadonlyMap<string, GatewayAgent>,
  bindings: readonly GatewayBinding[],
): BindingIndex => {
  const byKind = {
    subject: new ByTwoKeys<GatewayBinding[]>(),
    client: new ByTwoKeys<GatewayBinding[]>(),
  };
  for (const binding of bindings) {
    if (binding.token === null) continue;
    const { kind, issuerUrl, subject } = binding.token;
    const alike = byKind[kind].get(issuerUrl, subject);
    if (alike === undefined) byKind[kind].set(issuerUrl, subject, [binding]);
    else alike.push(binding);
  }
  return {
    agents,
    bindings: new Map(bindings.map((binding) => [binding.id, binding])),
    subjectBindings: (issuer, subject) => byKind.subject.get(issuer, subject) ?? NONE,
    clientBindings: (issuer, client) => byKind.client.get(issuer, client) ?? NONE,
  };
};

const NONE: readonly GatewayBinding[] = [];
