import { Alert, Button } from '@mui/material';
import { Component, type ReactNode } from 'react';
import { Page } from '../shared/page.js';

/** A screen that broke says so, and leaves the rest of the console usable. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Page title="This screen broke">
        <Alert
          severity="error"
          action={
            <Button color="inherit" onClick={() => window.location.reload()}>
              Load again
            </Button>
          }
        >
          Load it again: Gatehouse may have been upgraded since. If it breaks again, tell the people
          who run this installation: {error.message}
        </Alert>
      </Page>
    );
  }
}
