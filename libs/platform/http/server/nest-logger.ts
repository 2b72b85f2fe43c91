import type { LoggerService } from '@nestjs/common';
import type { Logger } from '#libs/platform/telemetry';

const line = (message: unknown): string =>
  message instanceof Error ? message.message : String(message);

/** Nest's own messages as lines of our logger; its chatter at start is for debugging only. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown) => logger.debug(line(message)),
  debug: (message: unknown) => logger.debug(line(message)),
  verbose: (message: unknown) => logger.trace(line(message)),
  warn: (message: unknown) => logger.warn(line(message)),
  error: (message: unknown) => logger.error(line(message)),
  fatal: (message: unknown) => logger.fatal(line(message)),
});
