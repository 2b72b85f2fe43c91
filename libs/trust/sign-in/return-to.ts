const MAX_LENGTH = 500;

/**
 * Where to go after sign-in: only a path of our own origin, or else the front page. Whatever a browser
 * could read as another host (`//`, `/\`, a scheme, control characters) is not a path.
 */
export const safeReturnTo = (value: unknown, publicUrl: string): string => {
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !/^\/(?![/\\])/.test(value))
    return '/';
  const url = URL.parse(value, publicUrl);
  if (url === null || url.origin !== new URL(publicUrl).origin) return '/';
  const path = `${url.pathname}${url.search}${url.hash}`;
  return /^\/(?![/\\])/.test(path) && !path.startsWith('/api/') ? path : '/';
};
