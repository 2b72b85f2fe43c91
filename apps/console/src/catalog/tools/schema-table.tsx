import { Box } from '@mui/material';
import { PlainTable } from '../../shared/plain-table.js';
import { Quoted } from '../../shared/quoted.js';
import { MONOSPACE } from '../../theme.js';
import { schemaProperties } from './schema-properties.js';

/** A JSON Schema's arguments, one a row. */
export const SchemaTable = ({ schema }: { schema: Record<string, unknown> }) => {
  const rows = schemaProperties(schema);
  if (rows.length === 0) return <>It takes no arguments.</>;
  return (
    <PlainTable
      label="Arguments"
      rows={rows}
      rowKey={({ path }) => path}
      columns={[
        {
          name: 'Name',
          render: ({ path }) => (
            <Box component="span" sx={{ fontFamily: MONOSPACE, overflowWrap: 'anywhere' }}>
              {path}
            </Box>
          ),
        },
        { name: 'Type', render: ({ type }) => type },
        { name: 'Required', render: ({ isRequired }) => (isRequired ? 'required' : 'optional') },
        {
          name: 'Limits and meaning',
          render: ({ limits, description }) => (
            <>
              {limits !== '' && <Box sx={{ overflowWrap: 'anywhere' }}>{limits}</Box>}
              {description !== null && <Quoted text={description} max={140} />}
            </>
          ),
        },
      ]}
    />
  );
};
