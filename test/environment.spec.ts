import { describe, expect, it } from 'vitest';
import { npmEnvironment, ownEnvironment } from '../tools/lib/environment.mjs';
import { explain } from '../tools/lib/failures.mjs';

describe('what we start', () => {
  it('gets no variable that is meant for other programs', () => {
    const foreign = {
      NODE_OPTIONS: '--require ./other.js',
      NODE_ENV: 'production',
      NODE_USE_ENV_PROXY: '1',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      HTTP_PROXY: 'http://proxy',
      https_proxy: 'http://proxy',
      ALL_PROXY: 'socks://proxy',
      PGHOST: 'elsewhere',
      PGSSLMODE: 'require',
      DEBUG: '*',
    };
    const own = { PATH: '/bin', HOME: '/root', PORT: '5000', GATEHOUSE_HOME: 'x', LANG: 'C' };
    expect(ownEnvironment({ ...foreign, ...own })).toEqual(own);
  });

  it('reaches the registry as the user says, and installs as package-lock.json says', () => {
    const network = {
      npm_config_registry: 'http://registry',
      npm_config_https_proxy: 'http://proxy',
      HTTPS_PROXY: 'http://proxy',
      'npm_config_//registry/:_authToken': 'x',
      npm_config_cafile: '/ca.pem',
      npm_config_cache: '/cache',
    };
    const layout = {
      npm_config_omit: 'dev',
      npm_config_production: 'true',
      npm_config_dry_run: 'true',
      npm_config_global: 'true',
      npm_config_workspace: 'packages/sdk',
      NPM_CONFIG_INSTALL_STRATEGY: 'linked',
      npm_config_os: 'win32',
      NODE_ENV: 'production',
      NODE_OPTIONS: '--inspect',
    };
    expect(npmEnvironment({ ...network, ...layout })).toEqual(network);
  });
});

describe('a set-up that fails', () => {
  it.each(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EMFILE', 'ENOMEM'])(
    'says what the system refused and what to do: %s',
    (code) => {
      expect(explain(Object.assign(new Error(code), { code, path: '/x' }))).toMatch(/: .+\./);
    },
  );
});
