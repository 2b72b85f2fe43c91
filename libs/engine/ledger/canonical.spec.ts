import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '#libs/platform/kernel';
import {
  canonicalEntry,
  hashCanonical,
  hashEntry,
  payloadContent,
  payloadDigest,
} from './canonical.js';
import { ENTRY_TYPES } from './catalogue.js';
import golden from './format-1.golden.json' with { type: 'json' };
import { linkEntries } from './link-entries.js';
import { NO_PREV } from './entry.js';
import { prepareEntry } from './prepare-entry.js';

describe('format 1', () => {
  it('gives the documented bytes and hash of the golden entry', () => {
    const canonical = canonicalEntry(golden.entry);
    expect(canonical).toBe(golden.canonical);
    expect(Buffer.from(`\0${canonical}`).toString('hex')).toBe(golden.hashedBytesHex);
    expect(hashEntry(golden.entry)).toBe(golden.hash);
  });

  it('has a golden entry that may be written', () => {
    const { digests: _, ...data } = golden.entry.data;
    expect(ENTRY_TYPES['call.intent'].data.safeParse(data).error).toBeUndefined();
  });

  it('gives the documented digest of the golden payload', () => {
    const { saltHex, value, content, digest } = golden.payload;
    expect(payloadContent(value)).toBe(content);
    expect(payloadDigest(Buffer.from(saltHex, 'hex'), content)).toBe(digest);
    expect(golden.entry.data.digests.arguments).toBe(digest);
  });

  it('is the same whether it is pieced together for speed or made from the whole entry', () => {
    const character = fc.constantFrom(
      'a',
      '"',
      '\\',
      '/',
      'é',
      '€',
      '\u2028',
      '😀',
      '\n',
      '\u0001',
    );
    const text = fc.array(character, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, fc.option(text), fc.uuid(), (actorId, kind, subjectId, chain) => {
        const prepared = prepareEntry(
          {
            type: 'rejection.counted',
            actor: { kind, id: actorId },
            ...(subjectId === null ? {} : { subject: { kind: 'x', id: subjectId } }),
            data: { minute: '2026-11-22T16:00:00.000Z', reason: 'r', source: 's', count: 1 },
          },
          systemClock,
        );
        const linked = linkEntries(chain, { seq: 41, hash: NO_PREV }, [prepared, prepared]);
        const entry = {
          ...prepared,
          chain,
          format: 1,
          data: JSON.parse(prepared.data) as Record<string, never>,
        };
        const first = hashEntry({ ...entry, seq: 42, prev: NO_PREV });
        expect(linked.hashes).toEqual([first, hashEntry({ ...entry, seq: 43, prev: first })]);
      }),
    );
  });

  it('tells an entry from a tree node: the prefix is part of the hash', () => {
    expect(hashCanonical(golden.canonical)).not.toBe(hashCanonical(`\u0001${golden.canonical}`));
  });
});

describe('a payload', () => {
  it('is written although RFC 8785 has no form for it', () => {
    expect(payloadContent({ b: '\ud800', a: 1 })).toBe('{"a":1,"b":"\\ud800"}');
  });
});
