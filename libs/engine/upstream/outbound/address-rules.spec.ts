import { describe, expect, it } from 'vitest';

import { addressRules } from './address-rules.js';
import { assertOutboundUrl } from './outbound-url.js';

const EVERYTHING = ['0.0.0.0/0', '::/0'];

describe('the addresses that Gatehouse may connect to', () => {
  it.each(['1.1.1.1', '93.184.215.14', '2606:4700::1111', '::ffff:1.1.1.1', '64:ff9b::101:101'])(
    'allows the public address %s',
    (address) => {
      expect(addressRules([])(address)).toBe(true);
    },
  );

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',

    '100.64.0.1',
    '198.18.0.1',
    '203.0.113.5',
    '240.0.0.1',
    '192.0.0.1',
    '::1',
    'fd00::1',
    'fc00::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::a00:1',

    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    '3fff::1',
    '100::1',
    '4000::1',
    'fec0::1',
  ])('rejects %s unless it is named, and then allows it', (address) => {
    expect(addressRules([])(address)).toBe(false);
    expect(addressRules(EVERYTHING)(address)).toBe(true);
  });

  it.each([
    '169.254.169.254',
    '169.254.170.2',
    '169.254.1.1',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    '0.0.0.0',
    '0.1.2.3',
    '224.0.0.1',
    '239.255.255.255',
    '255.255.255.255',

    '::',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    'fd00:ec2::254',
    'fd00:ec2::23',
    'fd20:ce::254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '::169.254.169.254',
    '64:ff9b::a9fe:a9fe',

    '64:ff9b::6464:64c8',
    '64:ff9b:1::a9fe:a9fe',
    '64:ff9b:1:a9fe:a9:fe00::',
    '2002:a9fe:a9fe::',
    '2001:0:1:2:3:4:5601:5601',
    'not an address',
    '',
    '127.1',
    '0x7f000001',
  ])('rejects %s even where every network is allowed', (address) => {
    expect(addressRules(EVERYTHING)(address)).toBe(false);
  });

  it('opens only the networks that are named', () => {
    const canConnect = addressRules(['10.1.0.0/16', '::1/128']);
    expect(canConnect('10.1.255.255')).toBe(true);
    expect(canConnect('::ffff:10.1.2.3')).toBe(true);
    expect(canConnect('64:ff9b::a01:203')).toBe(true);
    expect(canConnect('10.2.0.1')).toBe(false);
    expect(canConnect('::1')).toBe(true);
    expect(canConnect('127.0.0.1')).toBe(false);
  });

  it.each(['10.0.0.0', '10.0.0.0/33', '::/129', 'localhost/8', '', '10.0.0.0/-1', '10.0.0/8'])(
    'does not start with "%s" for a CIDR',
    (cidr) => {
      expect(() => addressRules([cidr])).toThrow(/not a CIDR/);
    },
  );
});

describe('an address at registration', () => {
  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',

    'http://[::ffff:127.0.0.1]/',
    'http://[::1]/',
    'http://169.254.169.254/',
    'http://0/',
    'http://[::]/',
    'http://127.0.0.1./',
    'http://１２７.0.0.1/',
    'http://%31%32%37.0.0.1/',
  ])('rejects the literal %s', (url) => {
    expect(() => assertOutboundUrl(url)).toThrow(/OUTBOUND_ALLOW/);
  });

  it.each([
    'ftp://example.test/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:,x',
    'ws://example.test',

    'http://user@example.test/',
    'https://:secret@example.test/',
    'no url',
    `https://a.test/${'a'.repeat(2000)}`,
  ])('rejects %s', (url) => {
    expect(() => assertOutboundUrl(url)).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    );
  });

  it('gives back what it accepts, without a fragment', () => {
    expect(assertOutboundUrl('https://tools.example.test/mcp?a=1#x').href).toBe(
      'https://tools.example.test/mcp?a=1',
    );
    expect(assertOutboundUrl('http://127.0.0.1:4002/mcp', ['127.0.0.0/8']).port).toBe('4002');
  });
});
