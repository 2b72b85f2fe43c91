import { expect, it } from 'vitest';
import { advertisedSchema } from './advertised-schema.js';

it('leaves out x-mcp-header wherever it is a keyword, and keeps a property of that name', () => {
  const region = { type: 'string', 'x-mcp-header': 'Region' };
  const schema = {
    type: 'object',
    properties: { region, 'x-mcp-header': region, deep: { properties: { properties: region } } },
    anyOf: [{ properties: { region } }],
  };
  const bare = { type: 'string' };
  expect(advertisedSchema(schema)).toEqual({
    type: 'object',
    properties: { region: bare, 'x-mcp-header': bare, deep: { properties: { properties: bare } } },
    anyOf: [{ properties: { region: bare } }],
  });
});
