// What of the user's environment reaches what we start. A variable that is meant for other programs must not
// change what Gatehouse does: how it reaches its own servers on this machine, what is built, what is printed.
const NOT_OURS = [
  // Node's own: proxies for every connection, preloaded code, checks of certificates turned off, traces.
  /^NODE_(?!EXTRA_CA_CERTS$)/,
  /^(https?|all|no|ftp)_proxy$/i,
  // libpq's and pg's: ours are in our connection URLs.
  /^PG[A-Z]+$/,
  /^(DEBUG|PRISMA_.*|VITE_.*|TSC_.*)$/,
];

/** The environment of everything of ours. Our own settings, PATH, and the terminal's stay. */
export const ownEnvironment = (inherited) =>
  Object.fromEntries(
    Object.entries(inherited).filter(([name]) => !NOT_OURS.some((it) => it.test(name))),
  );

// How npm reaches the registry is the user's to say, proxies included; what it does with packages is not.
const NPM_NETWORK =
  /^npm_config_(\/\/|@|registry$|(https?_|no)?proxy$|noproxy$|ca(file)?$|cert(file)?$|key(file)?$|strict_ssl$|_auth|cache$|userconfig$|globalconfig$|fetch_|maxsockets$|offline$|prefer_o|local_address$|user_agent$|nodedir$)/i;

/** The environment of npm when it installs. */
export const npmEnvironment = (inherited) =>
  Object.fromEntries(
    Object.entries(inherited).filter(
      ([name]) =>
        !/^NODE_(ENV|OPTIONS|PATH)$/.test(name) &&
        (!/^npm_config_/i.test(name) || NPM_NETWORK.test(name.replaceAll('-', '_'))),
    ),
  );
