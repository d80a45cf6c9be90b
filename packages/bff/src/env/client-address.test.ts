import { describe, expect, it } from 'vitest'
import { clientAddress } from './client-address.ts'

describe('the address of a caller', () => {
  it.each([
    ['203.0.113.7', undefined, 0, '203.0.113.7'],
    ['203.0.113.7', '198.51.100.1', 0, '203.0.113.7'],
    ['10.0.0.1', '198.51.100.1', 1, '198.51.100.1'],
    ['10.0.0.1', '6.6.6.6, 198.51.100.1', 1, '198.51.100.1'],
    ['10.0.0.1', '6.6.6.6, 198.51.100.1, 10.0.0.2', 2, '198.51.100.1'],
    ['10.0.0.1', undefined, 2, '10.0.0.1'],
    ['::ffff:203.0.113.7', undefined, 0, '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', undefined, 0, '2001:db8:1:2'],
    ['2001:db8::6', undefined, 0, '2001:db8:0:0'],
    ['2001:db8:1:2:ffff::1', undefined, 0, '2001:db8:1:2'],
    ['::1', undefined, 0, '0:0:0:0'],
    ['fe80::1%eth0', undefined, 0, 'fe80:0:0:0'],
    ['10.0.0.1', 'not:an:address', 1, 'not:an:address'],
    ['10.0.0.1', '198.51.100.1:50123', 1, '198.51.100.1'],
    ['10.0.0.1', '[2001:db8:1:2::6]:50123', 1, '2001:db8:1:2'],
    ['10.0.0.1', '"[2001:db8:1:2::6]"', 1, '2001:db8:1:2'],
    ['10.0.0.1', 'unknown', 1, '10.0.0.1'],
    ['10.0.0.1', '_hidden', 1, '10.0.0.1'],
    ['10.0.0.1', '6.6.6.6, ', 1, '10.0.0.1'],
    ['10.0.0.1', '', 1, '10.0.0.1'],
  ])('of %s with %s and %i proxies is %s', (connection, forwarded, proxies, expected) => {
    expect(clientAddress(connection, forwarded, proxies)).toBe(expected)
  })
})
