/** The API as one handler, for the process that serves it. */
export { createApi, type Api } from './create-api.js';
/** What that process makes and hands over. */
export type { ApiDeps } from './api-deps.js';
/** Prints the setup code of an installation without people. */
export { printSetupCode } from './print-setup-code.js';
/** Every command that the API's modules hold. */
export { API_COMMANDS } from './api.commands.js';
/** Every library's hook for the end of somebody's access. */
export { ACCESS_ENDED } from './access-ended.js';
