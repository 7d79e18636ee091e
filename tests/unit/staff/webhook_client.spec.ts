import { test } from '@japa/runner'
import { isPublicAddress } from '#staff/webhooks/public_address'
import { signatureOf } from '#staff/webhooks/signature'
import { PrivateTarget, WebhookClient } from '#staff/webhooks/webhook_client'
import { RawReceiver } from '#tests/support/api/raw_receiver'
import { Receiver } from '#tests/support/api/receiver'

test.group('Receivers of webhooks', () => {
  test('an address of the public internet is one: {$self}')
    .with(['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'])
    .run(({ assert }, address) => assert.isTrue(isPublicAddress(address)))

  test('an address of this machine or its network is none: {$self}')
    .with([
      ...[
        '127.0.0.1',
        '127.9.9.9',
        '0.0.0.0',
        '10.1.2.3',
        '172.16.0.1',
        '172.31.255.255',
        '192.168.1.1',
        '169.254.169.254',
      ],
      ...[
        '100.64.0.1',
        '198.18.0.1',
        '224.0.0.1',
        '255.255.255.255',
        '::1',
        '::',
        'fe80::1',
        'fe80::1%eth0',
        'fd00::1',
        'ff02::1',
      ],
      ...['::ffff:127.0.0.1', '::ffff:7f00:1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', 'localhost', ''],
    ])
    .run(({ assert }, address) => assert.isFalse(isPublicAddress(address)))

  test('in production the form refuses {url}')
    .with([
      { url: 'http://shop.example/hook', problem: 'webhook_url_insecure' },
      { url: 'https://127.0.0.1/hook', problem: 'webhook_url_private' },
      { url: 'https://2130706433/hook', problem: 'webhook_url_private' },
      { url: 'https://0x7f.1/hook', problem: 'webhook_url_private' },
      { url: 'https://[::1]/hook', problem: 'webhook_url_private' },
      { url: 'https://[::ffff:10.0.0.1]/hook', problem: 'webhook_url_private' },
      { url: 'https://localhost/hook', problem: 'webhook_url_private' },
      { url: 'https://user:password@shop.example/', problem: 'webhook_url_invalid' },
      { url: 'ftp://shop.example/', problem: 'webhook_url_invalid' },
      { url: 'shop.example', problem: 'webhook_url_invalid' },
      { url: 'https://shop.example/hook?token=1', problem: null },
    ])
    .run(({ assert }, { url, problem }) => {
      assert.equal(new WebhookClient({ allowsPrivate: false }).problemOf(url), problem)
    })

  test('given a name that leads home, when it is called in production, then nothing is connected', async ({
    assert,
    cleanup,
  }) => {
    const receiver = await Receiver.start()
    cleanup(() => receiver.stop())
    const home = { address: '127.0.0.1', family: 4 }
    for (const addresses of [[home], [{ address: '8.8.8.8', family: 4 }, home]]) {
      const client = new WebhookClient({ allowsPrivate: false, resolve: async () => addresses })
      const call = () => client.post(`http://shop.example:${receiver.port}/`, {}, '{}')
      await assert.rejects(call, PrivateTarget)
    }
    assert.lengthOf(receiver.received, 0)
  })

  test('given an address instead of a name, when it is called in production, then nothing is connected', async ({
    assert,
    cleanup,
  }) => {
    const receiver = await Receiver.start()
    cleanup(() => receiver.stop())
    const client = new WebhookClient({ allowsPrivate: false })
    await assert.rejects(() => client.post(receiver.url, {}, '{}'), PrivateTarget)
    assert.lengthOf(receiver.received, 0)
  })

  test('a redirect is an answer and is not followed', async ({ assert, cleanup }) => {
    const receiver = await Receiver.start()
    cleanup(() => receiver.stop())
    receiver.answer = 302
    assert.equal(await new WebhookClient({ allowsPrivate: true }).post(receiver.url, {}, '{}'), 302)
    assert.lengthOf(receiver.received, 1)
  })

  test('given a receiver that switches protocols, then it has not answered', async ({ assert, cleanup }) => {
    const receiver = await RawReceiver.start('101 Switching Protocols', ['connection: upgrade', 'upgrade: websocket'])
    cleanup(() => receiver.stop())
    const call = () => new WebhookClient({ allowsPrivate: true }).post(receiver.url, {}, '{}')
    await assert.rejects(call, 'It closed the connection without an answer')
  })

  test('given a receiver that hangs up before the body it promised, then its status is the answer', async ({
    assert,
    cleanup,
  }) => {
    const receiver = await RawReceiver.start('200 OK', ['content-length: 100'])
    cleanup(() => receiver.stop())
    assert.equal(await new WebhookClient({ allowsPrivate: true }).post(receiver.url, {}, '{}'), 200)
  })

  /** The example of https://github.com/standard-webhooks/standard-webhooks, made by its own libraries. */
  test('signs as Standard Webhooks does', ({ assert }) => {
    const signature = signatureOf(
      { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' },
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    )
    assert.equal(signature, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })
})
