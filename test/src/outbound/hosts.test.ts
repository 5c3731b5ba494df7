import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { once } from 'node:events';
import { addressesOf, allowPrivateHosts, guardedLookup, HostRefused, hostFault, isPublicAddress } from '../../../src/outbound/hosts.js';

const privateHosts = [
  'localhost', 'LOCALHOST.', 'mail.localhost', 'nas.local', 'metadata.google.internal', '127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1',
  '10.0.0.1', '172.16.3.4', '192.168.1.1', '169.254.169.254', '0.0.0.0', '100.64.0.1', '224.0.0.1', '255.255.255.255', '[::1]', '::1', '::',
  '::ffff:127.0.0.1', '::ffff:7f00:1', 'fe80::1', 'fd00::1', '64:ff9b::7f00:1', '2002:7f00:1::',
];

describe('hostFault', () => {
  afterEach(() => allowPrivateHosts(false));

  it('refuses what is no host', () => {
    for (const host of ['', ' ', 'a b', 'http://example.com', 'example.com:25', 'user@example.com', '-a.example', 'a..b', 'a'.repeat(64), 'exämple.com']) {
      assert.equal(hostFault(host), 'must be a host name or an IP address', host);
    }
  });

  it('refuses private hosts in every notation', () => {
    for (const host of privateHosts) assert.equal(hostFault(host), 'must be a host on the public internet', host);
  });

  it('takes public hosts', () => {
    for (const host of ['imap.gmail.com', 'smtp.example.com.', '8.8.8.8', '2606:4700::1111', '[2606:4700::1111]', 'localhost.example.com']) assert.equal(hostFault(host), null, host);
  });

  it('takes private hosts where they are allowed', () => {
    allowPrivateHosts(true);
    for (const host of privateHosts) assert.equal(hostFault(host), null, host);
    assert.match(hostFault('a b')!, /must be a host name/);
  });
});

describe('isPublicAddress', () => {
  it('takes no name for an address', () => {
    assert.deepEqual(['example.com', '8.8.8.8', '127.0.0.1'].map(isPublicAddress), [false, true, false]);
  });
});

describe('addressesOf', () => {
  afterEach(() => allowPrivateHosts(false));

  it('refuses private hosts, and names without an address', async () => {
    await assert.rejects(addressesOf('127.1'), HostRefused);
    await assert.rejects(addressesOf('localhost'), /public internet/);
    allowPrivateHosts(true);
    await assert.rejects(addressesOf('no-such-name.invalid'), /has no address/);
  });

  it('gives the addresses of a host', async () => {
    assert.deepEqual(await addressesOf('8.8.8.8'), [{ address: '8.8.8.8', family: 4 }]);
    allowPrivateHosts(true);
    assert.deepEqual((await addressesOf('localhost'))[0], { address: '127.0.0.1', family: 4 });
  });
});

describe('guardedLookup', () => {
  afterEach(() => allowPrivateHosts(false));

  for (const autoSelectFamily of [true, false]) {
    it(`keeps a socket from a private host, and lets it through where that is allowed${autoSelectFamily ? ', with several addresses' : ''}`, async () => {
      const refused = connect({ host: 'localhost', port: 1, lookup: guardedLookup, autoSelectFamily });
      assert.ok((await once(refused, 'error'))[0] instanceof HostRefused);
      allowPrivateHosts(true);
      const through = connect({ host: 'localhost', port: 1, lookup: guardedLookup, autoSelectFamily });
      assert.match(String((await once(through, 'error'))[0].code), /ECONNREFUSED/);
    });
  }
});
