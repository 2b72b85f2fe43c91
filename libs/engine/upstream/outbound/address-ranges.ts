import { BlockList } from 'node:net';

/** `address/prefix`; built once, checked per new connection. */
const listOf = (ranges: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', prefix = ''] = range.split('/');
    list.addSubnet(address, Number(prefix), address.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
};

/** Rejected whatever OUTBOUND_ALLOW says: nothing that a tool server could be lives there. */
export const NEVER_REACHABLE = listOf([
  '0.0.0.0/8', // "this host"; Linux connects it to loopback
  '169.254.0.0/16', // link-local: AWS, GCP, Azure, ECS and EKS metadata
  '100.100.100.200/32', // Alibaba metadata
  '168.63.129.16/32', // Azure wire server
  '192.0.0.192/32', // Oracle metadata
  '224.0.0.0/4',
  '255.255.255.255/32',
  '::/128',
  'fe80::/10',
  'ff00::/8',
  'fd00:ec2::254/128', // AWS metadata
  'fd00:ec2::23/128', // EKS pod identity
  'fd20:ce::254/128', // GCP metadata
]);

/** IPv4 that is not the public internet (IANA special-purpose registry): only OUTBOUND_ALLOW opens it. */
export const SPECIAL_V4 = listOf([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '240.0.0.0/4',
]);

/** The only IPv6 that is public at all; everything outside is private by default. */
export const GLOBAL_V6 = listOf(['2000::/3']);

/** Parts of {@link GLOBAL_V6} that are not: protocol assignments and Teredo, documentation, 6to4. */
export const SPECIAL_V6 = listOf([
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
]);
