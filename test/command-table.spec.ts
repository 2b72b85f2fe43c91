import { describe, expect, it } from 'vitest';
import { API_COMMANDS } from '../apps/api/src/index.js';
import { WORKER_COMMANDS } from '../apps/worker/src/index.js';
import { commandTable, secondPersonOf } from './support/command-table.js';
import { conditionInWords } from './support/rule-words.js';

describe('the page of commands', () => {
  // `node tools/generated.mjs` writes it anew; here and in `npm run check` it must be fresh.
  it('is the one in docs/commands.md', async () => {
    const commands = [...new Set([...API_COMMANDS, ...WORKER_COMMANDS])];
    await expect(commandTable(commands)).toMatchFileSnapshot('../docs/commands.md');
  });

  it('says of each command whether a second person confirms it: always, when, or never', () => {
    const saidOf = new Map(
      [...API_COMMANDS, ...WORKER_COMMANDS].map(({ spec }) => [spec.name, secondPersonOf(spec)]),
    );
    const always = [...saidOf].filter(([, words]) => words.startsWith('**always** a'));
    expect(always.map(([name]) => name).toSorted()).toEqual([
      'confirm-identity',
      'map-group',
      'publish-policy',
    ]);
    expect(saidOf.get('keep-emergency-change')).toMatch(/^\*\*always\*\* something done/);
    expect(saidOf.get('change-issuer')).toMatch(/^\*\*when\*\* it changes more/);
    expect(saidOf.get('suspend-agent')).toBe('never');
    expect(saidOf.get('change-scim-user')).toBe('never: no person does it');
  });

  it('names under a role what it never does alone apart from the rest', () => {
    const page = commandTable([...new Set([...API_COMMANDS, ...WORKER_COMMANDS])]);
    const security = page.slice(page.indexOf('### security'), page.indexOf('### grc'));
    expect(security).toMatch(/^Never alone: .*`publish-policy`/m);
    expect(security).not.toMatch(/^Alone.*`publish-policy`/m);
    expect(security).toMatch(/^Alone, unless the change needs a second person: .*`classify-tool`/m);
  });

  it('has words for every condition, or is not made', () => {
    expect(conditionInWords({ personId: { $ne: 'me' } }, 'me')).toBe('of somebody else');
    expect(() => conditionInWords({ shoeSize: 42 }, 'me')).toThrow('shoeSize');
  });
});
