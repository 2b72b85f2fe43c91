import { newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startScimGate, type ScimGate, type TestScimClient } from './scim.fixture.js';

// What /Schemas says of each attribute is what the server does with it: here, of every one of them.

interface Attribute {
  name: string;
  type: string;
  multiValued: boolean;
  required: boolean;
  mutability: string;
  subAttributes?: Attribute[];
}

let gate: ScimGate;
let client: TestScimClient;
let person: string;
let other: string;
beforeAll(async () => {
  gate = await startScimGate();
  client = await gate.connect();
  const add = async () =>
    (await client.send('POST', '/Users', { userName: newId() })).body.id as string;
  [person, other] = [await add(), await add()];
});
afterAll(() => gate.close());

const isWritten = ({ mutability }: Attribute) => mutability !== 'readOnly';
const parts = ({ subAttributes = [] }: Attribute) => subAttributes.filter(isWritten);

const scalar = ({ name, type }: Attribute, of: string): unknown => {
  if (type === 'boolean') return of !== 'active';
  if (type === 'reference') return 'https://x.test/1';
  return name === 'value' && ['members', 'owners', 'manager'].includes(of) ? person : newId();
};
// A group's members are people, and their addresses are ours.
const isOurs = (of: string, { name }: Attribute) =>
  name === '$ref' || (name === 'type' && of === 'members');
const valueOf = (attribute: Attribute, only = isWritten): unknown => {
  const { type, name, multiValued } = attribute;
  if (type !== 'complex') return scalar(attribute, name);
  const named = parts(attribute).filter((part) => only(part) && !isOurs(name, part));
  const value = Object.fromEntries(named.map((part) => [part.name, scalar(part, name)]));
  return multiValued ? [value] : value;
};
const filled = (attributes: Attribute[]) =>
  Object.fromEntries(
    attributes.filter(isWritten).map((attribute) => [attribute.name, valueOf(attribute)]),
  );
const like = ({ type, multiValued }: Attribute, value: unknown): unknown => {
  if (type !== 'complex') return value;
  const one = multiValued ? (value as object[])[0] : (value as object);
  const part: unknown = expect.objectContaining(one ?? {});
  return multiValued ? [part] : part;
};

describe.each(['User', 'Group', 'Agent', 'AgenticApplication'])('a %s', (name) => {
  let endpoint: string;
  let core: Attribute[];
  let extensions: [urn: string, attributes: Attribute[]][];
  const attributesOf = async (urn: string): Promise<Attribute[]> =>
    (await client.send('GET', `/Schemas/${urn}`)).body.attributes;
  beforeAll(async () => {
    const { body } = await client.send('GET', `/ResourceTypes/${name}`);
    endpoint = body.endpoint;
    core = await attributesOf(body.schema);
    const urns: string[] = body.schemaExtensions.map(({ schema }: { schema: string }) => schema);
    extensions = await Promise.all(
      urns.map(async (urn): Promise<[string, Attribute[]]> => [urn, await attributesOf(urn)]),
    );
  });
  const whole = () => ({
    ...filled(core),
    ...Object.fromEntries(extensions.map(([urn, attributes]) => [urn, filled(attributes)])),
  });
  const patch = (id: string, operation: object) =>
    client.send('PATCH', `${endpoint}/${id}`, { Operations: [operation] });

  it('is made of what is required alone, and not without any of it', async () => {
    const required = core.filter((attribute) => attribute.required && isWritten(attribute));
    const minimal = () =>
      Object.fromEntries(
        required.map((attribute) => [attribute.name, valueOf(attribute, (part) => part.required)]),
      );
    expect(await client.send('POST', endpoint, minimal())).toMatchObject({ status: 201 });
    for (const missing of required) {
      const { body } = await client.send('POST', endpoint, { ...minimal(), [missing.name]: null });
      expect([missing.name, body]).toMatchObject([missing.name, { status: '400' }]);
    }
  });

  it('keeps every attribute that can be written, and answers PUT of what was read with the same', async () => {
    // oxlint-disable-next-line typescript/no-explicit-any -- a resource of any type
    const resource: Record<string, any> = whole();
    const made = await client.send('POST', endpoint, resource);
    expect(made).toMatchObject({ status: 201 });
    for (const [urn, attributes] of [[null, core] as const, ...extensions])
      for (const attribute of attributes.filter(isWritten)) {
        const [sent, shown] = [resource, made.body].map((all) => (urn === null ? all : all[urn]));
        const { [attribute.name]: value } = sent;
        expect([attribute.name, shown[attribute.name]]).toEqual([
          attribute.name,
          like(attribute, value),
        ]);
      }
    const put = await client.send('PUT', `${endpoint}/${made.body.id}`, made.body);
    const { meta: _, ...read } = made.body;
    expect(put).toMatchObject({ status: 200, body: read });
  });

  it('takes, changes and loses each attribute by PATCH as its mutability says', async () => {
    const { id } = (await client.send('POST', endpoint, whole())).body;
    const all = [
      ...core.map((attribute) => ({ path: attribute.name, urn: null, attribute })),
      ...extensions.flatMap(([urn, attributes]) =>
        attributes.map((attribute) => ({ path: `${urn}:${attribute.name}`, urn, attribute })),
      ),
    ];
    const shown = async (urn: string | null, attribute: Attribute) => {
      const { body } = await client.send('GET', `${endpoint}/${id}`);
      return urn === null ? body[attribute.name] : body[urn]?.[attribute.name];
    };
    for (const { path, urn, attribute } of all) {
      const value = attribute.name === 'owners' ? [{ value: other }] : valueOf(attribute);
      const answers = [];
      for (const operation of [
        { op: 'replace', path, value },
        { op: 'remove', path },
        { op: 'add', path, value },
      ]) {
        const { status, body } = await patch(id, operation);
        answers.push(status === 204 ? ((await shown(urn, attribute)) ?? 'gone') : body.scimType);
      }
      expect([path, answers]).toEqual([path, expected(name, attribute, value)]);
    }
  });
});

// What a resource must have is replaced and not removed, and so is `active` of an agent.
const expected = (type: string, attribute: Attribute, value: unknown): unknown[] => {
  const { mutability, required, name } = attribute;
  if (mutability !== 'readWrite') return Array.from({ length: 3 }, () => 'mutability');
  const stays = required || (name === 'active' && type.startsWith('Agent'));
  const after = like(attribute, value);
  return [after, stays ? 'mutability' : 'gone', after];
};
