import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './index.js';

const COMPLETE = {
  DATABASE_URL: 'postgres://app:pw@db/gatehouse',
  PUBLIC_URL: 'https://gatehouse.example.com',
};
const SIGN_IN = {
  SIGN_IN_ISSUER: 'https://idp.example.com',
  SIGN_IN_CLIENT_ID: 'gatehouse',
  SIGN_IN_CLIENT_SECRET: 'client-secret',
  SESSION_SECRET: 'x'.repeat(32),
};

const rejection = (env: Record<string, string>): string => {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('these settings were accepted');
};

describe('loadConfig', () => {
  it('takes the public origin as the audience and the only host', () => {
    const config = loadConfig(COMPLETE);
    expect(config.gateway.audience).toBe('https://gatehouse.example.com');
    expect(config.allowedHosts).toEqual(['gatehouse.example.com']);
    expect(config.allowedOrigins).toEqual(['https://gatehouse.example.com']);
    expect(config.signIn).toBeNull();
  });

  it('answers to every loopback name on a loopback origin', () => {
    const config = loadConfig({ ...COMPLETE, PUBLIC_URL: 'http://localhost:4000' });
    expect(config.allowedHosts).toEqual(['localhost:4000', '127.0.0.1:4000', '[::1]:4000']);
  });

  it('names every variable that is missing', () => {
    expect(rejection({})).toMatch(/DATABASE_URL[\s\S]*PUBLIC_URL/);
  });

  it('rejects an origin with a path', () => {
    expect(rejection({ ...COMPLETE, PUBLIC_URL: 'https://gatehouse.example.com/x' })).toMatch(
      /PUBLIC_URL: give the origin alone/,
    );
  });

  it.each(['x', 'gatehouse.example.com', 'ftp://gatehouse.example.com', 'https://'])(
    'rejects %s as an origin with a sentence',
    (value) => {
      expect(rejection({ ...COMPLETE, PUBLIC_URL: value })).toMatch(
        /PUBLIC_URL: give a whole address that begins with http:\/\/ or https:\/\//,
      );
    },
  );

  it('rejects half of a link between sign-ins and SCIM, and says which half is missing', () => {
    const both = { SIGN_IN_LINK_CLAIM: 'oid', SIGN_IN_LINK_ATTRIBUTE: 'external_id' };
    expect(loadConfig({ ...COMPLETE, ...SIGN_IN }).signIn?.link).toBeNull();
    expect(loadConfig({ ...COMPLETE, ...SIGN_IN, ...both }).signIn?.link).toEqual({
      claim: 'oid',
      attribute: 'external_id',
    });
    for (const [name] of Object.entries(both)) {
      const half = { ...COMPLETE, ...SIGN_IN, ...both, [name]: '' };
      expect(rejection(half)).toMatch(`${name} is missing`);
    }
  });

  it.each(['email', 'Preferred_Username', 'upn', 'name', 'groups', 'tid', 'contact_email'])(
    'rejects %s as the claim of such a link: it changes, or is the same for many',
    (SIGN_IN_LINK_CLAIM) => {
      const link = { SIGN_IN_LINK_CLAIM, SIGN_IN_LINK_ATTRIBUTE: 'external_id' };
      expect(rejection({ ...COMPLETE, ...SIGN_IN, ...link })).toMatch(
        /SIGN_IN_LINK_CLAIM: name a claim that never changes/,
      );
    },
  );

  it('rejects half of a sign-in and says which half is missing', () => {
    const { SESSION_SECRET: _, ...half } = SIGN_IN;
    expect(rejection({ ...COMPLETE, ...half })).toMatch(/SESSION_SECRET is missing/);
  });

  it('rejects a short session secret without printing it', () => {
    const message = rejection({ ...COMPLETE, ...SIGN_IN, SESSION_SECRET: 'hunter2' });
    expect(message).toMatch(/SESSION_SECRET: use at least 32 characters/);
    expect(message).not.toContain('hunter2');
  });

  it('reads an empty variable as an unset one', () => {
    expect(loadConfig({ ...COMPLETE, REDIS_URL: '', SIGN_IN_ISSUER: '' }).redisUrl).toBeNull();
  });
});
