import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

const MAX_ICONS = 8;
const MAX_ICON_LENGTH = 16_384;
const OUR_META = /^io\.gatehouse\//;

/**
 * What clients are shown of the fields of a definition that decide nothing. An icon's address is text for the
 * client: only `https:` and small `data:` images, and Gatehouse fetches none of them (invariant G4). `_meta` is
 * the tool server's, so it says nothing in our name.
 */
export const shownFields = ({ icons, _meta: meta, execution }: JsonObject): JsonObject => ({
  ...listOf('icons', Array.isArray(icons) ? icons.filter(isSafeIcon).slice(0, MAX_ICONS) : []),
  ...(isObject(execution) ? { execution } : {}),
  ...objectOf('_meta', isObject(meta) ? theirOwn(meta) : {}),
});

const listOf = (name: string, items: Json[]): JsonObject =>
  items.length === 0 ? {} : { [name]: items };

const objectOf = (name: string, object: JsonObject): JsonObject =>
  Object.keys(object).length === 0 ? {} : { [name]: object };

const theirOwn = (meta: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(meta).filter(([key]) => !OUR_META.test(key)));

const isSafeIcon = (icon: Json): boolean => {
  if (!isObject(icon) || JSON.stringify(icon).length > MAX_ICON_LENGTH) return false;
  const { src } = icon;
  return typeof src === 'string' && (isHttps(src) || /^data:image\/[a-z0-9.+-]+[;,]/i.test(src));
};

const isHttps = (src: string): boolean => src.startsWith('https://') && URL.canParse(src);
