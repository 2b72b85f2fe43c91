import { pathToFileURL } from 'node:url';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { can, isAllowed, type SubjectName, type Subjects } from '#libs/platform/access';
import { Command, type AnyCommand, type CommandClass } from '#libs/engine/commands';
import { ADVISORY_LOCKS } from '#libs/platform/db';
import { routesOfApplication, undeclared, type ApiRoute } from '#libs/platform/http';
import { newId, ROLES, type Actor } from '#libs/platform/kernel';
import { WORKER_COMMANDS } from '../apps/worker/src/index.js';
import { API_COMMANDS, type Api } from '../apps/api/src/index.js';

import { PROTOCOLS } from '../apps/api/src/protocols.js';
import { createOfflineApi } from '../apps/api/src/fixtures/offline-api.js';
import { matchRoute, routes as gatewayRoutes } from '../apps/gateway/src/index.js';

// What must hold for every route and every command there is, so that nobody can forget it in a new one.

let api: Api;
let apiRoutes: ApiRoute[];
beforeAll(async () => {
  api = await createOfflineApi();
  apiRoutes = routesOfApplication(api.app);
});
afterAll(() => api.close());

const people: Actor[] = ROLES.map((role) => ({
  kind: 'person',
  id: newId(),
  name: role,
  roles: [role],
  teamIds: [newId()],
}));

describe('every route of the API', () => {
  it('is looked at', () => {
    expect(apiRoutes.length).toBeGreaterThan(25);
  });

  it('declares who may come, a schema for whatever it takes, and what it answers', () => {
    expect(apiRoutes.flatMap(undeclared)).toEqual([]);
  });

  it('is found wanting when something is missing', () => {
    const [route] = apiRoutes;
    if (route === undefined) throw new Error('there are no routes');
    const input = { from: 'body', schema: undefined } as const;
    expect(undeclared({ ...route, access: undefined })).toHaveLength(1);
    expect(undeclared({ ...route, answer: undefined })).toHaveLength(1);
    expect(undeclared({ ...route, inputs: [input] })).toHaveLength(1);
  });

  it('is under /api, is a probe, or speaks another standard', () => {
    const ours = /^\/(api|health|oauth|scim|ssf|access|\.well-known)\//;
    const elsewhere = apiRoutes.filter(({ path }) => !ours.test(path));
    expect(elsewhere).toEqual([]);
  });

  it('answers one method at one path once', () => {
    const names = apiRoutes.map(({ method, path }) => `${method} ${path}`);
    expect(names).toEqual([...new Set(names)]);
  });

  it('takes a body only as an object that rejects undeclared keys', () => {
    // Other standards demand that what is not understood is ignored.
    const own = apiRoutes.filter(
      ({ path }) => !PROTOCOLS.some(({ prefix }) => path.startsWith(prefix)),
    );
    const bodies = own.flatMap(({ inputs, handler }) =>
      inputs.filter(({ from }) => from === 'body').map(({ schema }) => ({ handler, schema })),
    );
    expect(bodies.length).toBeGreaterThan(8);
    expect(bodies.filter(({ schema }) => !isStrict(schema))).toEqual([]);
  });

  it('asks for a permission that at least one role has', () => {
    const unreachable = apiRoutes.filter(
      ({ access }) =>
        access?.kind === 'permission' &&
        !people.some((actor) => isAllowed(actor, access.permission)),
    );
    expect(unreachable).toEqual([]);
  });

  it('is public only where nothing is written, or where what is sent authenticates itself', () => {
    const open = apiRoutes.filter(({ access }) => access?.kind === 'public');
    const writing = open.filter(({ method }) => method !== 'GET').map(({ path }) => path);
    expect(writing).toEqual(Object.keys(SELF_AUTHENTICATED));
  });
});

describe('every route of the gateway', () => {
  it('declares who may come', () => {
    expect(gatewayRoutes.length).toBeGreaterThan(5);
    for (const { permission } of gatewayRoutes) expect(['agent', 'public']).toContain(permission);
  });

  it('is public only where it says how to get a token', () => {
    const open = gatewayRoutes.filter(({ permission }) => permission === 'public');
    expect(
      open.filter(({ method, path }) => method !== 'GET' || !path.startsWith(METADATA)),
    ).toEqual([]);
  });

  it('has at most one parameter, at the end, in one spelling', () => {
    for (const { method, path } of gatewayRoutes) {
      expect(path).toMatch(/^(\/[a-z0-9.-]+)+(\/\{[a-z]+\})?$/);
      const taken = matchRoute(gatewayRoutes, method, path.replace(/\{.*/, 'a-1'));
      expect(taken).toMatchObject({ kind: 'found', route: { path } });
      for (const param of ['', 'A', 'a%2d1', 'a;b', '..', 'a/b', 'a'.repeat(65)]) {
        if (!path.includes('{')) continue;
        expect(matchRoute(gatewayRoutes, method, path.replace(/\{.*/, param))).toEqual({
          kind: 'not_found',
        });
      }
    }
  });

  it('answers one method at one path once', () => {
    const names = gatewayRoutes.map(({ method, path }) => `${method} ${path}`);
    expect(names).toEqual([...new Set(names)]);
  });
});

describe('every advisory lock', () => {
  const NUMBER = /\b4_?711_?\d{3}\b/g;
  const numbersIn = (file: string) =>
    (readFileSync(file, 'utf8').match(NUMBER) ?? []).map((found) =>
      Number(found.replaceAll('_', '')),
    );

  it('has a number of its own', () => {
    const numbers = Object.values(ADVISORY_LOCKS);
    expect(numbers.length).toBeGreaterThan(5);
    expect(numbers).toEqual([...new Set(numbers)]);
  });

  it('is in the register, and its number nowhere else', () => {
    const register = 'libs/platform/db/advisory-locks.ts';
    expect(numbersIn(register)).toEqual(Object.values(ADVISORY_LOCKS));
    const files = globSync(['libs/**/*.ts', 'apps/*/src/**/*.ts', 'test/**/*.ts']);
    const others = files.filter((file) => file !== register && numbersIn(file).length > 0);
    expect(others).toEqual([]);
  });

  it('that a migration takes is the epoch’s or a chain’s', () => {
    const { epoch, ledgerAppend, ledgerLife } = ADVISORY_LOCKS;
    const numbers = globSync('prisma/migrations/*/migration.sql').flatMap(numbersIn);
    expect(new Set(numbers)).toEqual(new Set([epoch, ledgerAppend, ledgerLife]));
  });
});

describe('every command', () => {
  it('that is in a folder of commands is one that the ledger and the API or the worker know', async () => {
    const files = globSync('libs/*/*/**/commands/*.ts').filter(
      (file) => !file.endsWith('.spec.ts'),
    );
    const modules = await Promise.all(
      files.map(
        (file) => import(pathToFileURL(resolve(file)).href) as Promise<Record<string, unknown>>,
      ),
    );
    const found = modules.flatMap((module) => Object.values(module)).filter(isCommand);
    expect(found.length).toBeGreaterThan(10);
    const known = namesOf([...new Set([...API_COMMANDS, ...WORKER_COMMANDS])]);
    expect(known).toEqual(expect.arrayContaining(namesOf(found)));
    expect(namesOf(found)).toEqual(expect.arrayContaining(namesOf(API_COMMANDS)));
  });

  it('has a name of its own, in kebab-case', () => {
    const names = namesOf(API_COMMANDS);
    expect(names).toEqual([...new Set(names)]);
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
  });

  it('runs as its base class says: parsed, authorised, in one transaction, recorded', () => {
    // An own `execute` anywhere down the line would be another one than the base class's.
    const replaced = API_COMMANDS.filter(
      ({ prototype }) => Reflect.get(prototype, 'execute') !== EXECUTE,
    );
    expect(replaced).toEqual([]);
    expect(API_COMMANDS.map((command) => instanceOf(command).spec)).toEqual(
      API_COMMANDS.map(({ spec }) => spec),
    );
  });

  it('takes only what it declares', () => {
    const lax = API_COMMANDS.filter((command) => !isStrict(instanceOf(command).spec.input));
    expect(lax.map(({ name }) => name)).toEqual([]);
    expect(isStrict(z.object({ id: z.string() }))).toBe(false);
  });

  it('can be done by somebody: by a role, or by the system alone', () => {
    const ofPeople = API_COMMANDS.filter(({ spec }) => spec.actors === 'people');
    const unreachable = ofPeople.filter(
      ({ spec }) => !people.some((actor) => isAllowed(actor, spec.permission)),
    );
    expect(unreachable.map(({ name }) => name)).toEqual([]);
  });

  it('can be done by no agent', () => {
    const agent: Actor = { kind: 'agent', id: newId(), name: 'an agent' };
    const instance = {} as Subjects[SubjectName];
    const open = API_COMMANDS.filter(({ spec: { permission } }) =>
      can(agent, permission.action, permission.subject, instance),
    );
    expect(open).toEqual([]);
  });
});

// Public routes that change something, each with what stands in for a signed-in caller.
const SELF_AUTHENTICATED = {
  '/api/sign-in/back-channel-logout': 'a logout token that an IdP signed, which is valid once',
  '/ssf/events': 'a security event token that its stream’s issuer signed, which is valid once',
};

const EXECUTE: unknown = Reflect.get(Command.prototype, 'execute');
const METADATA = '/.well-known/oauth-protected-resource';

const instanceOf = (command: CommandClass): AnyCommand =>
  api.app.get<AnyCommand>(command, { strict: false });

const isCommand = (value: unknown): value is CommandClass =>
  typeof value === 'function' && value.prototype instanceof Command;

const namesOf = (commands: readonly CommandClass[]): string[] =>
  commands.map(({ spec }) => spec.name).toSorted();

const isStrict = (schema: unknown): boolean => {
  if (schema instanceof z.ZodObject) return schema.def.catchall instanceof z.ZodNever;
  if (schema instanceof z.ZodUnion) return schema.options.every(isStrict);
  return false;
};
