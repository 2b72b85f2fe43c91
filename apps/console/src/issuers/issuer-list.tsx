import { DataTable } from 'react-admin';
import type { Issuer } from '../api/types.js';
import { CopyableId } from '../shared/copyable.js';
import { ListPage } from '../shared/list-page.js';
import { Empty } from '../shared/states.js';

const Column = DataTable.Col<Issuer>;

export const IssuerList = () => (
  <ListPage
    resource="issuers"
    subject="Issuer"
    title="Issuers"
    one="issuer"
    empty={
      <Empty title="No token issuer is trusted yet">
        Without one the gateway accepts no token at all.
      </Empty>
    }
  >
    <Column source="name" label="Name" disableSort render={({ name }) => name} />
    <Column source="url" label="Issuer" disableSort render={({ url }) => <CopyableId id={url} />} />
    <Column
      source="audience"
      label="Audience"
      disableSort
      render={({ audience }) => <CopyableId id={audience} />}
    />
    <Column
      source="algorithms"
      label="Algorithms"
      disableSort
      render={({ algorithms }) => algorithms.join(', ')}
    />
    <Column source="profile" label="Token profile" disableSort render={({ profile }) => profile} />
    <Column
      source="clockToleranceSeconds"
      label="Clock tolerance"
      disableSort
      render={({ clockToleranceSeconds }) => `${clockToleranceSeconds} s`}
    />
  </ListPage>
);
