import { Box, Button } from '@mui/material';
import { useState } from 'react';
import type { ToolDetail } from '../../api/types.js';
import { DenyToolDialog } from '../../policies/versions/deny-tool-dialog.js';
import { useCan } from '../../sign-in/session-store.js';
import { CopyableId } from '../../shared/copyable.js';
import { Facts } from '../../shared/facts.js';
import { JsonBlock } from '../../shared/json-block.js';
import { listPath, TextLink } from '../../shared/links.js';
import { Page, Section } from '../../shared/page.js';
import { Quoted } from '../../shared/quoted.js';
import { RecordPage } from '../../shared/record-page.js';
import { ForbiddenHint } from '../../shared/states.js';
import { CopyableTime } from '../../shared/time.js';
import { visibleText } from '../../shared/format.js';
import { KillSwitchButton } from '../../kill-switches/kill-switch-button.js';
import { ActivatedBy } from '../../kill-switches/kill-switch-notice.js';
import { AnnotationsTable } from './annotations-table.js';
import { ClassificationBadge } from './classification-badge.js';
import { ClassifyTool } from './classify-tool.js';
import { SchemaTable } from './schema-table.js';

export const ToolShow = () => (
  <RecordPage<ToolDetail> resource="tools" subject="Tool" one="tool">
    {(tool) => (
      <Page
        title={`${tool.server.slug}/${visibleText(tool.name)}`}
        aside={<ClassificationBadge tool={tool} />}
        actions={
          <>
            <ClassifyTool tool={tool} />
            <DenyForAgent tool={tool} />
            <KillSwitchButton
              target={{ scope: 'tool', id: tool.id, name: `${tool.server.slug}/${tool.name}` }}
            />
          </>
        }
      >
        <ActivatedBy ids={[tool.id, tool.server.id]} />
        <Facts
          columns={2}
          items={[
            {
              name: 'Tool server',
              value: <TextLink to={`/tool-servers/${tool.server.id}`}>{tool.server.slug}</TextLink>,
            },
            {
              name: 'Calls',
              value: (
                <TextLink to={listPath('calls', { toolId: tool.id })}>Calls of this tool</TextLink>
              ),
            },
            { name: 'Pinned', value: <CopyableTime at={tool.pinnedAt} /> },
            { name: 'Id', value: <CopyableId id={tool.id} /> },
            { name: 'Title', value: tool.title === null ? 'none' : <Quoted text={tool.title} /> },
            { name: 'Definition', value: <CopyableId id={tool.definitionDigest} /> },
          ]}
        />
        <Box>
          <Box component="span" sx={{ color: 'text.secondary' }}>
            In its own words:{' '}
          </Box>
          {tool.description === null ? 'nothing' : <Quoted text={tool.description} max={400} />}
        </Box>
        <Box
          sx={{
            display: 'grid',
            gap: 1.5,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 3fr) minmax(0, 2fr)' },
            alignItems: 'start',
          }}
        >
          <Section title="Arguments">
            <SchemaTable schema={tool.inputSchema} />
          </Section>
          <Section title="What it claims, and what was decided">
            <AnnotationsTable tool={tool} />
          </Section>
        </Box>
        <Section title="The pinned input schema">
          <JsonBlock value={tool.inputSchema} label="Input schema as JSON" />
        </Section>
        {tool.operation !== null && (
          <Section title="The HTTP request it becomes">
            <JsonBlock value={tool.operation} label="Operation as JSON" />
          </Section>
        )}
      </Page>
    )}
  </RecordPage>
);

const DenyForAgent = ({ tool }: { tool: ToolDetail }) => {
  const can = useCan();
  const [isAsking, setAsking] = useState(false);
  if (!can('propose', 'PolicyVersion')) {
    return <ForbiddenHint action="propose" subject="PolicyVersion" what="propose to deny it" />;
  }
  return (
    <>
      <Button color="error" onClick={() => setAsking(true)}>
        Deny for an agent…
      </Button>
      {isAsking && (
        <DenyToolDialog
          tool={{ id: tool.id, server: tool.server.slug, name: tool.name }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
};
