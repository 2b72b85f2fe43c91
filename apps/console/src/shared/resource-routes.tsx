import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import { Loading } from './states.js';

/** One resource's name at the API and its places in the console. */
export interface ResourceRoutes {
  name: string;
  routes: readonly { path: string; element: ReactNode }[];
}

/** A screen that is fetched when somebody first goes there. */
export function screen<Name extends string>(
  load: () => Promise<Record<Name, ComponentType>>,
  name: Name,
): ReactNode {
  const Screen = lazy(async (): Promise<{ default: ComponentType }> => {
    const { [name]: component } = await load();
    return { default: component };
  });
  return (
    <Suspense fallback={<Loading what="this screen" />}>
      <Screen />
    </Suspense>
  );
}
