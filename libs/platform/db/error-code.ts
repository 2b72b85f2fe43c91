const MAX_DEPTH = 4;

/** Whether an error, one of its causes, or the driver's error that Prisma keeps with it has such a code or kind. */
export const hasErrorCode = (
  error: unknown,
  isSuch: (code: unknown) => boolean,
  depth = 0,
): boolean => {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return false;
  const { code, originalCode, kind, cause, meta } = error as Record<string, unknown>;
  if ([code, originalCode, kind].some(isSuch)) return true;
  const more = meta as Record<string, unknown> | null | undefined;
  if (isSuch(more?.['code'])) return true;
  return [cause, more?.['driverAdapterError']].some((inner) =>
    hasErrorCode(inner, isSuch, depth + 1),
  );
};
