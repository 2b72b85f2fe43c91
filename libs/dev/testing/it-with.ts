import { test } from 'vitest';

/** `it` of a suite whose tests and hooks get `shared`: made once for the file, and closed after it. */
export const itWith = <Shared extends { close(): Promise<void> }>(create: () => Promise<Shared>) =>
  test.extend(
    'shared',
    { scope: 'file' },
    // oxlint-disable-next-line no-empty-pattern -- Vitest reads from the pattern which fixtures this one needs
    async ({}, { onCleanup }): Promise<Shared> => {
      const shared = await create();
      onCleanup(() => shared.close());
      return shared;
    },
  );
