/** Where a process's {@link Config} is injected. */
export const CONFIG = Symbol('Config');
