import { EVIL } from '../attackers.js';
import { reason, some, type Moves } from './known.js';

/** With tool servers and their tools. */
export const TOOL_SERVER_MOVES: Moves = {
  'register-tool-server': ({ the, me }) =>
    [`${EVIL}/mcp`, 'https://bank.test/mcp', 'https://BANK.test:443/mcp/../other'].map((url) => ({
      slug: 'ours',
      name: 'Ours',
      kind: 'mcp',
      url,
      ownerId: me,
      teamId: the('Finance'),
    })),
  'refresh-tools': ({ the, made }) =>
    some(the('fresh server'), the('bank'), made.tool_server).flatMap((id) => [
      { id, url: `${EVIL}/mcp`, reason },
      { id, url: 'https://bank.test/mcp', reason },
    ]),
  'take-over-tools': ({ the }) => [
    {
      id: the('bank'),
      tools: [{ id: the('bank/pay'), definitionDigest: 'a'.repeat(64) }],
      reason,
    },
  ],
  'set-changed-definitions': ({ the }) => [
    { id: the('bank'), onChangedDefinition: 'keep', reason },
  ],
  'classify-tool': ({ the, made }) =>
    some(the('vault/open'), the('bank/pay'), the('wiki/erase'), made.tool).map((id) => ({
      id,
      classification: 'read',
      reason,
    })),
};
