import type { ExactObject } from '#libs/platform/kernel';

const OUR_META = /^io\.(gatehouse|modelcontextprotocol)\//;

/** The `_meta` of a tool server without what it says in our name or the protocol's. */
export const withoutOurKeys = (meta: ExactObject): ExactObject =>
  Object.fromEntries(Object.entries(meta).filter(([key]) => !OUR_META.test(key)));
