import { DomainError } from '#libs/platform/kernel';
import { lastStart, resolveHome, type LastStart } from '#libs/dev/local';

/** The last `npm start` in this clone. @throws DomainError when there was none */
export const localStart = (): { home: string; start: LastStart } => {
  const home = resolveHome(process.env);
  const start = lastStart(home);
  if (start) return { home, start };
  throw new DomainError('not_found', 'Nothing was started here yet: run npm start.');
};
