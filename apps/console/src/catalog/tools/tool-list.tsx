import { DataTable } from 'react-admin';
import type { Tool } from '../../api/types.js';
import { useCan } from '../../sign-in/session-store.js';
import { badgeLabel } from '../../shared/badges.js';
import { CopyableId } from '../../shared/copyable.js';
import { SelectFilter, TextFilter } from '../../shared/filters.js';
import { TextLink, ToolLink } from '../../shared/links.js';
import { ListPage } from '../../shared/list-page.js';
import { Quoted } from '../../shared/quoted.js';
import { Empty } from '../../shared/states.js';
import { Time } from '../../shared/time.js';
import { ClassificationBadge } from './classification-badge.js';
import { ServerFilter } from './server-filter.js';

const DIGEST_SHOWN = 10;

const CLASSES = (['read', 'write', 'destructive'] as const).map((id) => ({
  id,
  name: badgeLabel(`class:${id}`),
}));

const CLASSIFIED = [
  { id: 'no', name: 'Not yet' },
  { id: 'yes', name: 'Yes' },
];

const Column = DataTable.Col<Tool>;

export const ToolList = () => {
  const can = useCan();
  return (
    <ListPage
      resource="tools"
      subject="Tool"
      title="Tools"
      one="tool"
      filters={
        <>
          <TextFilter source="q" label="Name or description" />
          {can('read', 'ToolServer') && <ServerFilter source="serverId" by="id" />}
          <SelectFilter source="classification" label="Counts as" choices={CLASSES} />
          <SelectFilter source="classified" label="Classified" choices={CLASSIFIED} />
        </>
      }
      empty={
        <Empty title="There is no tool yet">
          Tools appear when a <TextLink to="/tool-servers">tool server</TextLink> has been
          registered and its tools discovered.
        </Empty>
      }
    >
      <Column
        source="name"
        label="Tool"
        disableSort
        render={({ id, name, server }) => <ToolLink tool={{ id, name, server: server.slug }} />}
      />
      <Column
        source="classification"
        label="Classified"
        disableSort
        render={(tool) => <ClassificationBadge tool={tool} />}
      />
      <Column
        source="description"
        label="Its own words"
        disableSort
        render={({ title, description }) => {
          const words = description ?? title;
          return words === null ? 'none' : <Quoted text={words} max={100} />;
        }}
      />
      <Column
        source="definitionDigest"
        label="Definition"
        disableSort
        render={({ definitionDigest }) => <CopyableId id={definitionDigest} keep={DIGEST_SHOWN} />}
      />
      <Column
        source="pinnedAt"
        label="Pinned"
        disableSort
        render={({ pinnedAt }) => <Time at={pinnedAt} />}
      />
    </ListPage>
  );
};
