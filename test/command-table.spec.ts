import { describe, expect, it } from 'vitest';
import { API_COMMANDS } from '../apps/api/src/index.js';
import { WORKER_COMMANDS } from '../apps/worker/src/index.js';
import { commandTable } from './support/command-table.js';
import { conditionInWords } from './support/rule-words.js';

describe('the page of commands', () => {
  // `node tools/generated.mjs` writes it anew; here and in `npm run check` it must be fresh.
  it('is the one in docs/commands.md', async () => {
    const commands = [...new Set([...API_COMMANDS, ...WORKER_COMMANDS])];
    await expect(commandTable(commands)).toMatchFileSnapshot('../docs/commands.md');
  });

  it('has words for every condition, or is not made', () => {
    expect(conditionInWords({ personId: { $ne: 'me' } }, 'me')).toBe('of somebody else');
    expect(() => conditionInWords({ shoeSize: 42 }, 'me')).toThrow('shoeSize');
  });
});
