import { describe, expect, it } from 'vitest';
import { secureContext } from './secure-context.js';

describe('the secure context', () => {
  it.each([
    'https://gate.example.com',
    'http://localhost:4000',
    'http://127.0.0.1',
    'http://[::1]:1',
  ])('is there at %s', (origin) => {
    const request = { secure: false };
    const noResponse = {};
    secureContext(origin)(request as never, noResponse as never, () => undefined);
    expect(request.secure).toBe(true);
  });

  it.each(['http://gate.example.com', 'http://10.0.0.1:4000', 'http://localhost.evil.test'])(
    'is rejected at %s: the cookie would travel in the clear',
    (origin) => {
      expect(() => secureContext(origin)).toThrow(/PUBLIC_URL must be https/);
    },
  );
});
