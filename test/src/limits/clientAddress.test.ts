import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { clientAddress, trustProxies } from '../../../src/limits/clientAddress.js';
import { networkOf } from '../../../src/limits/limits.js';

const asking = (forwarded?: string, remoteAddress: string | undefined = '10.0.0.9') =>
  clientAddress({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } } as unknown as IncomingMessage);

describe('clientAddress', () => {
  afterEach(() => trustProxies(0));

  it('does not believe X-Forwarded-For when no proxy is trusted', () => {
    assert.equal(asking('203.0.113.7'), '10.0.0.9');
  });

  it('takes the address of the connection when a trusted proxy names none', () => {
    trustProxies(1);
    for (const forwarded of [undefined, '', 'unknown', '203.0.113.7, <script>']) assert.equal(asking(forwarded), '10.0.0.9');
  });

  it('believes what trusted proxies wrote, and nothing before it', () => {
    trustProxies(1);
    assert.equal(asking('203.0.113.7'), '203.0.113.7');
    assert.equal(asking('1.1.1.1, 203.0.113.7'), '203.0.113.7');
    trustProxies(2);
    assert.equal(asking('1.1.1.1, 203.0.113.7, 10.0.0.8'), '203.0.113.7');
    assert.equal(asking('203.0.113.7'), '203.0.113.7');
  });
});

describe('networkOf', () => {
  it('is the same for what is no address', () => {
    assert.equal(networkOf(''), networkOf('nonsense'));
  });

  it('takes an IPv4 address for itself, however it is written', () => {
    assert.equal(networkOf('203.0.113.7'), '203.0.113.7');
    assert.equal(networkOf('::ffff:203.0.113.7'), '203.0.113.7');
  });

  it('takes all addresses of one IPv6 client for one', () => {
    assert.equal(networkOf('2001:db8::1'), networkOf('2001:db8:0:0:ffff:1:2:3'));
    assert.notEqual(networkOf('2001:db8::1'), networkOf('2001:db8:0:1::1'));
  });
});
