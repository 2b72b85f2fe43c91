import { describe, expect, it } from 'vitest';
import { parseFilter, parsePatchPath } from './parse-filter.js';

const shown = (text: string) => JSON.stringify(parseFilter(text));

describe('a filter', () => {
  it('binds not before and before or', () => {
    expect(shown('a pr or b pr and not (c pr)')).toBe(shown('a pr or (b pr and (not (c pr)))'));
    expect(shown('a pr and b pr or c pr')).toBe(shown('(a pr and b pr) or c pr'));
    expect(shown('a pr or b pr and c pr')).not.toBe(shown('(a pr or b pr) and c pr'));
  });

  it.each(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'])(
    'knows %s in any case',
    (name) => {
      expect(parseFilter(`userName ${name.toUpperCase()} "x"`)).toMatchObject({
        kind: 'compare',
        operator: name,
        value: 'x',
      });
    },
  );

  it.each([
    ['"a\\"b\\\\c\\u0041"', 'a"b\\cA'],
    ['true', true],
    ['False', false],
    ['null', null],
    ['-1.5e2', -150],
    ['"o\'hara"', "o'hara"],
  ])('reads the literal %s', (literal, value) => {
    expect(parseFilter(`a eq ${literal}`)).toMatchObject({ value });
  });

  it('reads URNs whose version has a dot, and parts', () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    expect(parseFilter(`${urn}:manager.value eq "1"`)).toMatchObject({
      path: { urn, name: 'manager', sub: 'value' },
    });
  });

  it('reads value paths', () => {
    expect(parseFilter('emails[type eq "work" and not (value pr)]')).toMatchObject({
      kind: 'within',
      path: { name: 'emails' },
      filter: { kind: 'and' },
    });
    expect(parsePatchPath('emails[type eq "work"].value')).toMatchObject({
      attribute: { name: 'emails' },
      sub: 'value',
    });
  });

  it('reads a question about the part of what a value path picks', () => {
    expect(shown('emails[type eq "work"].value sw "x" and a pr')).toBe(
      shown('emails[type eq "work" and value sw "x"] and a pr'),
    );
    expect(shown('emails[type eq "work"].value pr')).toBe(
      shown('emails[type eq "work" and value pr]'),
    );
    expect(shown('emails[type eq "work" or type pr].value ne "x"')).toBe(
      shown(
        'emails[(type eq "work" or type pr) and value ne "x"] or not (emails[type eq "work" or type pr])',
      ),
    );
  });

  it.each([
    'emails[type eq "work"].value',
    'emails[type eq "work"].',
    'emails[type eq "work"].value.x eq "y"',
    'emails[type eq "work"]. value eq "y"',
    'emails[type eq "work"].value[a pr]',
    '',
    '   ',
    'userName',
    'userName eq',
    'userName eq bob',
    'userName eq "bob',
    'userName xx "bob"',
    'userName eq "a" and',
    '(userName eq "a"',
    'userName eq "a")',
    'not userName pr',
    'userName eq "a" userName eq "b"',
    'emails[type eq "work"',
    'emails[type eq "work"] eq "x"',
    'a..b pr',
    'a.b.c pr',
    '1a pr',
    'a eq 01',
    'a eq 1e999',
    'a eq "\t"',
    'a eq "\\x"',
    'a eq "\\u0000"',
    'a eq "\\ud800"',
    'userName; DROP TABLE person pr',
    `${'('.repeat(40)}a pr${')'.repeat(40)}`,
    `a eq "${'x'.repeat(9000)}"`,
    Array.from({ length: 600 }, () => 'a pr').join(' or '),
  ])('is rejected when it is %j', (text) => {
    expect(() => parseFilter(text)).toThrow(
      expect.objectContaining({ code: 'invalid_input', scimType: 'invalidFilter' }),
    );
  });
});
