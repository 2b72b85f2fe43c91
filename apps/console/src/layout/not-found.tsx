import { Page } from '../shared/page.js';
import { Empty } from '../shared/states.js';
import { TextLink } from '../shared/links.js';

export const NotFound = () => (
  <Page title="Not found">
    <Empty title="There is no screen at this address">
      Check the address, or start from the <TextLink to="/">overview</TextLink>.
    </Empty>
  </Page>
);
