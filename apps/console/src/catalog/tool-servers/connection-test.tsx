import { Alert, Box, Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import type { TestToolServer, ToolServerTest } from '../../api/types.js';
import { visibleText } from '../../shared/format.js';
import { PlainTable } from '../../shared/plain-table.js';
import { Failed } from '../../shared/states.js';
import { useApi } from '../../shared/use-api.js';

/** Asks a tool server now, before it is saved, and says what was found. Nothing of it is kept. */
export const ConnectionTest = ({
  server,
}: {
  /** What is tested; null while there is too little to test. */
  server: TestToolServer | null;
}) => {
  const { testToolServer } = useApi();
  const { mutate, data, error, isPending, variables } = useMutation({ mutationFn: testToolServer });
  // What was found at another address says nothing of this one.
  const isOfThis = JSON.stringify(variables) === JSON.stringify(server);
  return (
    <Box sx={{ display: 'grid', gap: 1 }} aria-live="polite">
      <Box>
        <Button
          variant="outlined"
          disabled={server === null || isPending}
          onClick={() => server && mutate(server)}
        >
          {isPending ? 'Asking the tool server…' : 'Test the connection'}
        </Button>
      </Box>
      {error !== null && isOfThis && <Failed error={error} />}
      {data !== undefined && !isPending && isOfThis && <Found test={data} />}
    </Box>
  );
};

const Found = ({ test }: { test: ToolServerTest }) => (
  <>
    <Alert severity={test.ok ? 'success' : 'error'}>
      {test.problem === null ? foundIn(test) : visibleText(test.problem)}
    </Alert>
    {test.leftOut.length > 0 && (
      <PlainTable
        label={`${test.leftOutCount} that cannot be pinned`}
        rows={test.leftOut}
        rowKey={({ name, reason }) => `${name} ${reason}`}
        columns={[
          { name: 'Left out', render: ({ name }) => visibleText(name) },
          { name: 'Why', render: ({ reason }) => visibleText(reason) },
        ]}
      />
    )}
  </>
);

const foundIn = (test: ToolServerTest): string => {
  const { protocolVersion, serverName, serverVersion, toolCount, leftOutCount } = test;
  const what =
    protocolVersion === null ? 'Its document was read' : `It speaks MCP ${protocolVersion}`;
  const named = [serverName, serverVersion].flatMap((part) => part ?? []).join(' ');
  const itself = named === '' ? '' : ` and calls itself “${visibleText(named)}”`;
  const tools = toolCount === 1 ? '1 tool' : `${toolCount} tools`;
  const left = leftOutCount === 0 ? '' : `, ${leftOutCount} cannot`;
  return `${what}${itself}. ${tools} can be pinned${left}.`;
};
