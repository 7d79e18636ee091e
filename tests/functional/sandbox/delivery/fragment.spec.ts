import { test } from '@japa/runner'
import { Address, Cell } from '@ton/core'
import { SandboxServer } from '#sandbox/server'
import { FragmentVisitor } from '#tests/support/sandbox/fragment'

test.group('Sandbox | Fragment', (group) => {
  let sandbox: SandboxServer
  let visitor: FragmentVisitor

  group.each.setup(async () => {
    sandbox = await SandboxServer.start()
    sandbox.customer({ id: 7, username: 'Anna_K', first_name: 'Anna', stars: 0 })
    visitor = new FragmentVisitor(sandbox)
    return () => sandbox.stop()
  })

  const outgoing = ({ address, amount, payload }: { address: string; amount: string; payload: string }) => ({
    to: Address.parse(address),
    value: BigInt(amount),
    body: Cell.fromBoc(Buffer.from(payload, 'base64'))[0],
  })

  test('a purchase that is paid from a wallet brings the recipient their Stars', async ({ assert }) => {
    const { request, message } = await visitor.order('@anna_k', 60)
    const before = await visitor.call('updateStarsBuyState', { mode: 'processing', id: request.req_id })
    await visitor.send(await visitor.transfer(0, [outgoing(message)]))
    const after = await visitor.call('updateStarsBuyState', { mode: 'processing', id: request.req_id })

    assert.equal(request.amount, '0.2885')
    assert.equal(message.amount, '288500000')
    assert.notInclude(message.payload, '=')
    assert.equal(before.mode, 'processing')
    assert.equal(after.mode, 'done')
    assert.equal(sandbox.stars(7), 60)
    assert.equal(sandbox.fragment.purchases()[0].state, 'done')
  })

  test('too little, and the same payment twice, buy nothing', async ({ assert }) => {
    const { message } = await visitor.order('anna_k')
    await visitor.send(await visitor.transfer(0, [outgoing({ ...message, amount: '1000' })]))
    assert.equal(sandbox.stars(7), 0)
    await visitor.send(await visitor.transfer(1, [outgoing(message)]))
    await visitor.send(await visitor.transfer(2, [outgoing(message)]))

    assert.equal(sandbox.stars(7), 50)
    assert.deepEqual(
      sandbox.fragment.stray().map(({ reason }) => reason.split(' ')[0]),
      ['too', 'purchase']
    )
  })

  test('names that nobody has, and quantities that are not sold, are refused', async ({ assert }) => {
    const { found } = await visitor.call('searchStarsRecipient', { query: 'anna_k' })
    const unknown = await visitor.call('searchStarsRecipient', { query: 'nobody_here' })
    assert.deepEqual(unknown, { error: 'No Telegram users found.' })
    for (const quantity of ['49', '10000001', '1.5', 'x']) {
      const refused = await visitor.call('initBuyStarsRequest', { recipient: found.recipient, quantity })
      assert.deepEqual(refused, { error: 'Invalid quantity' })
    }
    assert.deepEqual(await visitor.call('initBuyStarsRequest', { recipient: 'x' }), { error: 'Recipient not found' })
    assert.deepEqual(await visitor.call('toString'), { error: 'Invalid method' })
  })

  test('without its cookies the page leads away and the API denies access', async ({ assert }) => {
    const hash = await visitor.hash()
    visitor.cookies.stel_token = 'another'
    const page = await visitor.page()

    assert.equal(page.status, 302)
    assert.deepEqual(await visitor.call('initBuyStarsRequest', {}, hash), { error: 'Access denied' })
    assert.deepEqual(await visitor.call('searchStarsRecipient', {}, 'ff00'), { error: 'Bad request' })
  })

  test('a login expires, a token is replaced, a hash goes stale: each by its fault', async ({ assert }) => {
    sandbox.faults.set({ service: 'fragment', kind: 'session_expired', count: 1 })
    const expired = await visitor.page()
    assert.equal(expired.status, 302)

    sandbox.faults.set({ service: 'fragment', kind: 'token_rotated', count: 1 })
    const rotated = await visitor.page()
    visitor.cookies.stel_token = /stel_token=(\w+)/.exec(rotated.headers.get('set-cookie')!)![1]
    const fresh = await visitor.page()
    assert.equal(fresh.status, 200)

    sandbox.faults.set({ service: 'fragment', kind: 'stale_hash', count: 1 })
    const stale = await visitor.hash()
    assert.deepEqual(await visitor.call('searchStarsRecipient', { query: 'anna_k' }, stale), { error: 'Bad request' })
    const { ok } = await visitor.call('searchStarsRecipient', { query: 'anna_k' })
    assert.isTrue(ok)
  })

  test('a price changes between request and link; verification may be asked for', async ({ assert }) => {
    sandbox.faults.set({ service: 'fragment', kind: 'price_changed', count: 1 })
    const changed = await visitor.order('anna_k')
    sandbox.faults.set({ service: 'fragment', kind: 'need_verify', count: 1 })
    const asked = await visitor.order('anna_k')

    assert.equal(changed.request.amount, '0.2404')
    assert.equal(changed.message.amount, '264440000')
    assert.isTrue(asked.link.need_verify)
  })

  test('a paid purchase may never be completed, or late', async ({ assert }) => {
    sandbox.faults.set({ service: 'fragment', kind: 'never_completes', count: 1 })
    const { request, message } = await visitor.order('anna_k')
    await visitor.send(await visitor.transfer(0, [outgoing(message)]))
    const { mode } = await visitor.call('updateStarsBuyState', { mode: 'processing', id: request.req_id })
    assert.equal(mode, 'processing')
    assert.equal(sandbox.stars(7), 0)

    sandbox.faults.set({ service: 'fragment', kind: 'late', delayMs: 1 })
    const late = await visitor.order('anna_k')
    await visitor.send(await visitor.transfer(1, [outgoing(late.message)]))
    const isDone = () => sandbox.fragment.find(late.request.req_id)?.state === 'done' || undefined
    if (!isDone()) await sandbox.world.live.waitFor(isDone, 'the late purchase', 5000)
    assert.equal(sandbox.stars(7), 50)
  })

  test('coins that come back buy nothing', async ({ assert }) => {
    sandbox.faults.set({ service: 'ton', kind: 'bounced', count: 1 })
    const { request, message } = await visitor.order('anna_k')
    await visitor.send(await visitor.transfer(0, [outgoing(message)]))
    assert.equal(sandbox.fragment.find(request.req_id)!.state, 'linked')
    const { balance } = await sandbox.ton.account(visitor.wallet.address.toString())
    assert.isAbove(Number(balance), 999_000_000_000)
  })

  test('too many requests are refused with 429', async ({ assert }) => {
    sandbox.faults.set({ service: 'fragment', kind: 'too_many_requests', retryAfter: 2, methods: ['stars/buy'] })
    const page = await visitor.page()
    assert.equal(page.status, 429)
    assert.equal(page.headers.get('retry-after'), '2')
  })
})
