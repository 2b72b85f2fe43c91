// The library warns on the terminal, while it is loaded, about any Node that is not yet a long-term
// release. package.json pins the Node that it is tested with, so nobody need read that.
/* oxlint-disable no-console -- the library offers no other way to silence it while it is loaded */
const { warn } = console;
console.warn = () => undefined;
const library = await import('oidc-provider').finally(() => (console.warn = warn));
/* oxlint-enable no-console */

/** The OpenID provider of the package oidc-provider. */
export const { Provider } = library;
/** The errors of the package oidc-provider. */
export const { errors } = library;
