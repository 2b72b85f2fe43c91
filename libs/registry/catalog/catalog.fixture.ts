import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { RecordSigner } from '#libs/engine/record-signatures';
import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { newId, systemClock, type Json, type Role } from '#libs/platform/kernel';
import { CommandWriter } from '#libs/engine/ledger';
import {
  createTestDatabase,
  createTestOrganisation,
  itWith,
  nobodyMayCall,
  TEST_MASTER_KEY,
} from '#libs/dev/testing';
import { createOutbound } from '#libs/engine/upstream';
import { listToolsQuerySchema } from './catalog.schemas.js';
import {
  catalogCommands,
  toolDiscoveryCommands,
  CatalogQueries,
  ClassifyTool,
  RefreshTools,
  RecordDiscoveryFailure,
  PinTools,
  RegisterToolServer,
  SetChangedDefinitions,
  TakeOverTools,
  ToolDiscovery,
} from './index.js';

/** For specs: what a tool asks for. */
export const SCHEMA = {
  type: 'object',
  properties: { text: { type: 'string' } },
  required: ['text'],
};

const TOOLS: readonly Json[] = [
  {
    name: 'look',
    title: 'Look',
    description: 'Looks.',
    inputSchema: SCHEMA,
    annotations: { readOnlyHint: true },
  },
  { name: 'change', inputSchema: SCHEMA },
  { name: 'erase', inputSchema: SCHEMA, annotations: { destructiveHint: true } },
];

const DOCUMENT: Json = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  paths: {
    '/notes/{note}': {
      get: {
        operationId: 'get_note',
        parameters: [{ name: 'note', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: 'ok' } },
      },
    },
    '/files': {
      post: {
        operationId: 'upload',
        requestBody: { content: { 'multipart/form-data': { schema: { type: 'object' } } } },
        responses: { 200: { description: 'ok' } },
      },
    },
  },
};

/** For specs: what the tool server says, changed by each test. */
export interface Says {
  tools: Json[];
  document: Json;
  isDown: boolean;
}

const usual = (): Says => ({ tools: [...TOOLS], document: DOCUMENT, isDown: false });

// As much of an MCP server (2025-11-25) and of a REST service as discovery needs.
const answer = (
  says: Says,
  url: string,
  body: string,
): { status: number; json: Json | undefined } => {
  if (says.isDown) return { status: 503, json: { error: 'down' } };
  if (url === '/openapi.json') return { status: 200, json: says.document };
  const { id, method } = JSON.parse(body === '' ? '{}' : body) as { id?: Json; method?: string };
  if (id === undefined) return { status: 202, json: undefined };
  const reply = (result: Json) => ({ status: 200, json: { jsonrpc: '2.0', id, result } });
  if (method === 'tools/list') return reply({ tools: says.tools });
  if (method === 'initialize') {
    const serverInfo = { name: 'spec', version: '1' };
    return reply({ protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo });
  }
  const error = { code: -32601, message: 'Method not found' };
  return { status: 200, json: { jsonrpc: '2.0', id, error } };
};

const startToolServer = async (says: Says) => {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { status, json } = answer(says, request.url ?? '', body);
      response.writeHead(status, { 'content-type': 'application/json' });
      return response.end(json === undefined ? '' : JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const commandsOn = (runtime: CommandRuntime, outbound: ReturnType<typeof createOutbound>) => ({
  register: new RegisterToolServer(runtime, outbound),
  pin: new PinTools(runtime),
  recordDiscoveryFailure: new RecordDiscoveryFailure(runtime),
  refreshTools: new RefreshTools(runtime, outbound),
  classifyTool: new ClassifyTool(runtime),
  takeOverTools: new TakeOverTools(runtime),
  setChangedDefinitions: new SetChangedDefinitions(runtime),
});

/** For specs: the catalogue on a database of its own, with a tool server that says what it is told to. */
export const createTestCatalog = async () => {
  const database = await createTestDatabase();
  const db = new Database(database.appUrl);
  const link = { url: database.appUrl, writer: 'worker' as const, boot: newId() };
  const writer = new CommandWriter(link, [
    ...commandNames([...catalogCommands, ...toolDiscoveryCommands]),
  ]);
  const outbound = createOutbound({ allow: ['127.0.0.0/8'] });
  const commands = commandsOn(
    new CommandRuntime(
      db,
      writer,
      systemClock,
      [],
      new RecordSigner(TEST_MASTER_KEY),
      24,
      undefined,
      nobodyMayCall,
    ),
    outbound,
  );
  const { register, pin, recordDiscoveryFailure } = commands;
  const discovery = new ToolDiscovery(db, outbound, pin, recordDiscoveryFailure);
  const queries = new CatalogQueries(db);
  const says = usual();
  const upstream = await startToolServer(says);
  const { origin } = upstream;
  const organisation = createTestOrganisation(db);
  const addPerson = (role: Role) =>
    organisation.addPerson([role], { name: `Of ${role}`, email: `${role}@example.test` });
  const actor = await addPerson('it');
  const teamId = await organisation.addTeam({ name: 'engineering' });

  let count = 0;
  const serverInput = (over: object = {}) => ({
    slug: `server-${(count += 1)}`,
    name: 'A server',
    kind: 'mcp' as const,
    url: `${origin}/mcp`,
    ownerId: actor.id,
    teamId,
    ...over,
  });
  return {
    ...commands,
    db,
    queries,
    says,
    origin,
    actor,
    addPerson,
    serverInput,
    reset: () => Object.assign(says, usual()),
    addServer: async (over: object = {}): Promise<string> =>
      (await register.execute(actor, serverInput(over))).id,
    discover: (serverId: string, lastAttempt = true) =>
      discovery.handle({ payload: { serverId }, attempt: 1, lastAttempt }),
    listTools: (serverId: string) =>
      queries.listTools(listToolsQuerySchema.parse({ serverId, order: 'asc' })),
    newestEntry: async (type: string) => {
      const where = { type };
      const entry = await db.ledgerEntry.findFirstOrThrow({ where, orderBy: { id: 'desc' } });
      const payloads = await db.ledgerPayload.findMany({ where: { entryId: entry.id } });
      return { entry, words: payloads.map(({ content }) => content).join('\n') };
    },
    close: async () => {
      await writer.stop();
      await outbound.close();
      await db.$disconnect();
      await database.drop();
      await upstream.close();
    },
  };
};

/** For specs: what {@link createTestCatalog} makes. */
export type TestCatalog = Awaited<ReturnType<typeof createTestCatalog>>;

/** For specs: `it` with a catalogue that is made once for the file. */
export const itWithCatalog = itWith(createTestCatalog);
