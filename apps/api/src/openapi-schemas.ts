import { isDeepStrictEqual } from 'node:util';
import * as agents from '#libs/registry/agents';
import * as audit from '#libs/oversight/audit';
import * as catalog from '#libs/registry/catalog';
import * as http from '#libs/platform/http';
import * as issuers from '#libs/trust/issuers';
import * as overview from '#libs/oversight/overview';
import * as people from '#libs/directory/people';
import * as policies from '#libs/governance/policies';
import * as provisioning from '#libs/directory/provisioning';
import * as killSwitches from '#libs/registry/kill-switches';
import * as calls from '#libs/oversight/calls';
import * as unregistered from '#libs/registry/unregistered-agents';
import { z } from 'zod';
import * as health from './health.controller.js';

type JsonSchema = Record<string, unknown>;
type Io = 'input' | 'output';

const PUBLIC_APIS: readonly object[] = [
  http,
  health,
  people,
  agents,
  catalog,
  issuers,
  policies,
  provisioning,
  calls,
  audit,
  overview,
  killSwitches,
  unregistered,
];

// Swagger spreads a query and path parameters into one parameter a property, so they are no components.
const COMPONENT = /(?<!Query|Params)Schema$/;

/** A schema that a feature exports as `agentDetailSchema` is the document's `AgentDetail`. */
const nameOf = (exported: string): string =>
  exported.slice(0, 1).toUpperCase() + exported.slice(1, -'Schema'.length);

const named = (): z.core.$ZodRegistry<{ id: string }> => {
  const registry = z.registry<{ id: string }>();
  for (const [exported, value] of PUBLIC_APIS.flatMap((api) => Object.entries(api))) {
    if (!COMPONENT.test(exported) || !(value instanceof z.ZodType) || registry.has(value)) continue;
    registry.add(value, { id: nameOf(exported) });
  }
  return registry;
};

const REF = '#/components/schemas/';

// An answer may gain a field without breaking anybody, so it does not promise to have no others.
const openAnswers = (io: Io) => ({
  io,
  target: 'draft-2020-12' as const,
  override: ({ jsonSchema }: { jsonSchema: JsonSchema }) => {
    if (io === 'output' && jsonSchema['additionalProperties'] === false)
      delete jsonSchema['additionalProperties'];
  },
});

const jsonSchemas = (registry: z.core.$ZodRegistry<{ id: string }>, io: Io) =>
  z.toJSONSchema(registry, {
    ...openAnswers(io),
    uri: (id) => `${REF}${id}`,
  }).schemas as Record<string, JsonSchema>;

const clean = (schema: JsonSchema): JsonSchema =>
  Object.fromEntries(
    Object.entries(schema).filter(([key]) => !['$schema', '$id', 'id'].includes(key)),
  );

const referred = (schema: unknown): string[] =>
  [...JSON.stringify(schema).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].flatMap(
    ([, name]) => (name === undefined ? [] : [name]),
  );

/** What @nestjs/swagger asks for: a schema of the document and the components it refers to. */
interface Converted {
  schema: JsonSchema;
  components: Record<string, JsonSchema>;
}

/**
 * Writes zod schemas as the document's JSON schemas (2020-12, which OpenAPI 3.1 speaks): what a feature
 * exports by name becomes a component, the rest stands where it is used.
 */
export class OpenApiSchemas {
  private readonly registry = named();
  private readonly byIo = {
    input: jsonSchemas(this.registry, 'input'),
    output: jsonSchemas(this.registry, 'output'),
  };
  private readonly taken: Record<string, JsonSchema> = {};

  /** Converts one schema of a parameter (`input`) or of an answer (`output`). */
  convert(schema: unknown, io: Io): Converted | undefined {
    if (!(schema instanceof z.ZodType)) return undefined;
    const name = this.registry.get(schema)?.id;
    const components: Record<string, JsonSchema> = {};
    if (name !== undefined) {
      this.take(name, io, components);
      return { schema: { $ref: `${REF}${name}` }, components };
    }
    const inline = clean(z.toJSONSchema(schema, { ...openAnswers(io), metadata: this.registry }));
    const { $defs, ...rest } = inline;
    const text = JSON.stringify(rest).replaceAll('"#/$defs/', `"${REF}`);
    for (const used of Object.keys($defs ?? {})) this.take(used, io, components);
    return { schema: JSON.parse(text) as JsonSchema, components };
  }

  private take(name: string, io: Io, into: Record<string, JsonSchema>): void {
    if (into[name] !== undefined) return;
    const schema = clean(this.byIo[io][name] ?? {});
    const before = (this.taken[name] ??= schema);
    if (!isDeepStrictEqual(before, schema))
      throw new Error(`${name} is one thing as input and another as output: give it two names`);
    into[name] = schema;
    for (const next of referred(schema)) this.take(next, io, into);
  }
}
