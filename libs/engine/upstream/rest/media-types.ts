const MEDIA_TYPE = /^[a-z0-9!#$&^_.+-]{1,100}\/[a-z0-9!#$&^_.+-]{1,100}(?:\s*;[\x20-\x7e]*)?$/i;

/** The type without its parameters, in lower case. */
export const bareType = (type: string): string => (type.split(';')[0] ?? '').trim().toLowerCase();

/** Whether it can stand in a header as it is: one media type, no range. */
export const isMediaType = (type: string): boolean => MEDIA_TYPE.test(type) && !type.includes('*');

/** JSON by whatever name: application/json, a vendor's `+json`, merge patches. */
export const isJsonType = (type: string): boolean =>
  /^[^/]+\/(?:[^/]+\+)?json$/.test(bareType(type));

/** Text that an agent writes itself. */
export const isTextType = (type: string): boolean => {
  const bare = bareType(type);
  return (
    bare.startsWith('text/') ||
    /^[^/]+\/(?:[^/]+\+)?(?:xml|yaml|graphql)$/.test(bare) ||
    /^application\/(?:x-yaml|x-ndjson|ndjson|jsonl|jsonlines|sql|javascript)$/.test(bare)
  );
};
