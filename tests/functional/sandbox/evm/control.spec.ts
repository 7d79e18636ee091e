import { test } from '@japa/runner'
import { SandboxServer } from '#sandbox/server'
import { Control } from '#tests/support/sandbox/control'

const WALLET = '0x000000000000000000000000000000000000dEaD'

test.group("Control API of the sandbox's chain", (group) => {
  let sandbox: SandboxServer
  let control: Control
  group.each.setup(async () => {
    sandbox = await SandboxServer.start({ evm: true, evmBlockMs: 0, evmVrfMs: 60_000 })
    control = new Control(sandbox.url)
    return () => sandbox.stop()
  })

  test('gives money, mines, and tells what is on the chain', async ({ assert }) => {
    const { hashes } = await control.post('/evm/faucet', { address: WALLET, usdt: '12.5', gas: '0.25' })
    assert.lengthOf(hashes, 2)
    const pending = await control.get(`/evm/transactions/${hashes[0]}`)
    assert.isNull(pending.receipt)
    const { head } = await control.post('/evm/mine', { blocks: 2 })

    const found = await control.get(`/evm/addresses/${WALLET}`)
    assert.containSubset(found, { usdt: '12500000', wei: '250000000000000000', isContract: false })
    const { logs, call } = await control.get(`/evm/transactions/${hashes[0]}`)
    assert.equal(call, `mint(${WALLET}, 12500000)`)
    assert.equal(logs[1].args.to, WALLET)
    const { blocks, running } = await control.get('/evm')
    assert.isTrue(running)
    assert.equal(blocks[0].number, head)
  })

  test('draws: a stranger enters, the owner asks, the oracle answers when it is told to', async ({ assert }) => {
    await control.post('/evm/stranger')
    await control.post('/evm/own', { contract: 'raffle', method: 'setInterval', args: [0] })
    await control.post('/evm/mine')
    await control.post('/evm/own', { contract: 'raffle', method: 'performUpkeep', args: ['0x'] })
    await control.post('/evm/mine')
    const { requests, raffle } = await control.get('/evm')
    assert.equal(raffle.status, 'drawing')
    await control.post(`/evm/requests/${requests[0].id}/fulfil`)
    await control.post('/evm/mine')
    const after = await control.get('/evm')
    assert.containSubset(after, { requests: [], raffle: { status: 'open', round: '2', players: 0 } })
  })

  test('changes the pace and the oracle, and goes back some blocks', async ({ assert }) => {
    const settings = await control.patch('/evm', { vrfMs: 5, vrfPaused: true })
    assert.deepEqual(settings, { blockMs: 0, vrfMs: 5, vrfPaused: true })
    await control.post('/evm/faucet', { address: WALLET, usdt: '1' })
    await control.post('/evm/mine')
    await control.post('/evm/reorg', { depth: 1 })
    const { usdt } = await control.get(`/evm/addresses/${WALLET}`)
    assert.equal(usdt, '0')
  })

  test('refuses what can not be, in words')
    .with([
      ['/evm/faucet', { address: '0x12', usdt: '1' }, 422, /is no address of Ethereum/],
      ['/evm/faucet', { address: WALLET, usdt: '0.0000001' }, 422, /six decimal places/],
      ['/evm/faucet', { address: WALLET, usdt: '1,5' }, 422, /"1,5" is no amount/],
      ['/evm/own', { contract: 'dai', method: 'mint' }, 422, /"contract" is usdt, raffle or vrf/],
      ['/evm/own', { contract: 'raffle', method: 'performUpkeep', args: ['0x'] }, 422, /UpkeepNotNeeded/],
      ['/evm/own', { contract: 'raffle', method: 'explode' }, 422, /has no "explode"/],
      ['/evm/own', { contract: 'usdt', method: 'mint', args: [] }, 422, /don't fit function mint\(address to, uint256/],
      ['/evm/own', { contract: 'usdt', method: 'mint', args: [WALLET, -1] }, 422, /mint.*: value out-of-bounds/],
      ['/evm/own', { contract: 'usdt', method: 'mint', args: 5 }, 422, /"args" is a list/],
      ['/evm/mine', { blocks: -1 }, 422, /"-1" is no whole number up to 1000/],
      ['/evm/mine', { blocks: 1e30 }, 422, /is no whole number/],
      ['/evm/reorg', { depth: 1.5 }, 422, /"1.5" is no whole number/],
      ['/evm/faucet', { address: WALLET, gas: '9000000000' }, 422, /nsufficient funds/],
      ['/evm/requests/7/fulfil', {}, 404, /No request 7 waits/],
      ['/evm/reorg', { depth: 500 }, 422, /can't replace 500 blocks/],
    ] as const)
    .run(async ({ assert }, [path, body, status, words]) => {
      const answer = await control.answer('POST', path, body)
      assert.equal(answer.status, status)
      assert.match(answer.body.error, words)
    })

  test('without a chain it says so, and every change is refused', async ({ assert }) => {
    const without = await SandboxServer.start()
    const other = new Control(without.url)
    assert.deepEqual(await other.get('/evm'), { running: false, problem: 'The sandbox was started without a chain.' })
    const answer = await other.answer('POST', '/evm/mine', {})
    assert.equal(answer.status, 409)
    const node = await fetch(`${without.url}/evm`, { method: 'POST', body: '{"method":"eth_chainId"}' })
    assert.equal(node.status, 503)
    await without.stop()
  })
})
