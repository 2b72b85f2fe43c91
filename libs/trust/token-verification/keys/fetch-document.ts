/**
 * Gets one JSON document. The composition root gives libs/engine/upstream's, which connects to checked
 * addresses only, follows no redirect and bounds time and size (invariant G4). Rejects on anything but 200.
 */
export type FetchDocument = (url: string) => Promise<unknown>;

/** A fetched document as an object, or an error that names its address. */
export const fetchObject = async (
  fetchDocument: FetchDocument,
  url: string,
): Promise<Record<string, unknown>> => {
  const value = await fetchDocument(url);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${url} did not answer a JSON object`);
  return value as Record<string, unknown>;
};
