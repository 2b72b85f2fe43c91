import type { ReactNode } from 'react';
import { Navigate } from 'react-router-dom';
import { useCan, useSession } from '../session-store.js';
import { TextLink } from '../../shared/links.js';
import { Page } from '../../shared/page.js';
import { Empty } from '../../shared/states.js';

/** The first screen: the overview, or for those whom it is not for, where they begin. */
export const FrontPage = ({ overview }: { overview: ReactNode }) => {
  const can = useCan();
  const session = useSession();
  if (session === null || can('read', 'Overview')) return overview;
  if (session.person.roles.includes('owner')) return <Navigate to="/setup" replace />;
  if (can('open', 'EmergencyAccess')) return <Navigate to="/emergency-access" replace />;
  return (
    <Page title={`Welcome, ${session.person.name}`}>
      <Empty
        title={
          session.unconfirmedRoles.length === 0
            ? 'You have no role in Gatehouse'
            : 'You have no role in Gatehouse that counts yet'
        }
      >
        You can say <TextLink to="/delegations">which agents may act for you</TextLink>, and take
        that back. To see or do more, ask somebody who holds the role that you need to give it to
        you.
      </Empty>
    </Page>
  );
};
