import { useDataProvider } from 'react-admin';
import { dataProvider, type GatehouseDataProvider } from '../api/data-provider.js';

/**
 * The API's named verbs. react-admin's wrapper is what leads a reader whose session ended to the
 * sign-in page, so no screen calls the data provider itself.
 */
export function useApi(): GatehouseDataProvider {
  const wrapped: unknown = useDataProvider();
  return wrapped as typeof dataProvider;
}
