import { test } from '@japa/runner'
import { Address, beginCell, comment, toNano, type Cell } from '@ton/core'
import { SandboxServer } from '#sandbox/server'
import { Control } from '#tests/support/sandbox/control'
import { FragmentVisitor } from '#tests/support/sandbox/fragment'

const SOMEBODY = Address.parseRaw(`0:${'ab'.repeat(32)}`)

test.group('Sandbox | TON', (group) => {
  let sandbox: SandboxServer
  let visitor: FragmentVisitor

  group.each.setup(async () => {
    sandbox = await SandboxServer.start()
    visitor = new FragmentVisitor(sandbox)
    return () => sandbox.stop()
  })

  const payment = (value = '1.5') => ({
    to: SOMEBODY,
    value: toNano(value),
    body: comment('hello'),
    bounce: false,
  })
  const address = () => visitor.wallet.address
  const seqno = () => visitor.client.open(visitor.wallet).getSeqno()

  test('the first transfer deploys the wallet, moves the coins and counts', async ({ assert }) => {
    const before = await visitor.client.isContractDeployed(address())
    await visitor.send(await visitor.transfer(0, [payment()]))

    assert.isFalse(before)
    assert.isTrue(await visitor.client.isContractDeployed(address()))
    assert.equal(await seqno(), 1)
    assert.equal(await visitor.client.getBalance(SOMEBODY), toNano('1.5'))
    assert.equal(await visitor.client.getBalance(address()), toNano('1000') - toNano('1.5') - 2_500_000n - 400_000n)
  })

  test('transactions are real ones: the library reads them back', async ({ assert }) => {
    const external = await visitor.transfer(0, [payment(), payment('2')])
    await visitor.send(external)
    await visitor.send(await visitor.transfer(1, [payment('3')]))
    const [second, first] = await visitor.client.getTransactions(address(), { limit: 10 })
    const received = await visitor.client.getTransactions(SOMEBODY, { limit: 10 })

    assert.equal(first.inMessage!.body.hash().toString('hex'), external.hash().toString('hex'))
    assert.equal(first.outMessagesCount, 2)
    assert.equal(second.prevTransactionLt, first.lt)
    assert.equal(BigInt(`0x${first.hash().toString('hex')}`), second.prevTransactionHash)
    assert.deepEqual(
      received.map(({ inMessage }) => inMessage!.info.type === 'internal' && inMessage!.info.value.coins),
      [toNano('3'), toNano('2'), toNano('1.5')]
    )
    const older = await visitor.client.getTransactions(address(), {
      limit: 10,
      lt: String(second.lt),
      hash: second.hash().toString('base64'),
    })
    assert.deepEqual(
      older.map(({ lt }) => lt),
      [first.lt]
    )
  })

  test('a message is executed once: the same one again, an old or expired or forged one is refused', async ({
    assert,
  }) => {
    const transfer = await visitor.transfer(0, [payment()])
    await visitor.send(transfer)
    const refusal = (send: Promise<void>) =>
      send.then(
        () => 'accepted',
        (error) => /exitcode=(\d+)/.exec(JSON.stringify(error.response?.data))?.[1]
      )

    assert.equal(await refusal(visitor.send(transfer)), '133')
    assert.equal(await refusal(visitor.send(await visitor.transfer(5, [payment()]))), '133')
    assert.equal(await refusal(visitor.send(await visitor.transfer(1, [payment()], 1_700_000_000))), '136')
    assert.equal(await refusal(visitor.send(withFlippedBit(await visitor.transfer(1, [payment()])))), '135')
    assert.equal(await seqno(), 1)
    assert.equal(await visitor.client.getBalance(SOMEBODY), toNano('1.5'))
  })

  test('what there is no money for is left out, and still counts', async ({ assert }) => {
    await sandbox.ton.setBalance(address().toString(), '1')
    await visitor.send(await visitor.transfer(0, [payment('5')]))
    const [transaction] = await visitor.client.getTransactions(address(), { limit: 1 })

    assert.equal(transaction.outMessagesCount, 0)
    assert.equal(await seqno(), 1)
    const { description } = transaction
    assert.equal(description.type === 'generic' && description.actionPhase!.skippedActions, 1)
    await sandbox.ton.setBalance(address().toString(), '0')
    await assert.rejects(async () => visitor.send(await visitor.transfer(1, [payment()])), /500/)
  })

  test('coins for an account that nobody has deployed come back when they may bounce', async ({ assert }) => {
    await visitor.send(await visitor.transfer(0, [{ ...payment(), bounce: true }]))
    const [returned, sent] = await visitor.client.getTransactions(address(), { limit: 10 })
    const [refused] = await visitor.client.getTransactions(SOMEBODY, { limit: 10 })

    const { info } = returned.inMessage!
    assert.isTrue(info.type === 'internal' && info.bounced && info.value.coins === toNano('1.5') - 400_000n)
    assert.equal(sent.outMessagesCount, 1)
    assert.isTrue(refused.description.type === 'generic' && refused.description.aborted)
    assert.equal(await visitor.client.getBalance(SOMEBODY), 0n)
  })

  test('a lost message is never executed; an answer can be lost though it is', async ({ assert }) => {
    sandbox.faults.set({ service: 'ton', kind: 'message_lost', count: 1 })
    await visitor.send(await visitor.transfer(0, [payment()]))
    assert.equal(await seqno(), 0)
    sandbox.faults.set({ service: 'ton', kind: 'drop_after', methods: ['sendBoc'], count: 1 })
    await assert.rejects(async () => visitor.send(await visitor.transfer(0, [payment()])))
    assert.equal(await seqno(), 1)
  })

  test('the control API funds accounts and shows them; what is no address is refused', async ({ assert }) => {
    const control = new Control(sandbox.url)
    const account = await control.post('/ton/fund', { address: SOMEBODY.toString(), amount: '0.5' })
    const { body, status } = await control.answer('POST', '/ton/fund', { address: 'nowhere', amount: '1' })

    assert.containSubset(account, { balance: '1000.5', seqno: 0, deployed: false })
    assert.deepEqual({ status, body }, { status: 422, body: { error: 'Incorrect address' } })
    await assert.rejects(() => visitor.client.callGetMethod(address(), 'seqno'), /exit_code: -13/)
  })
})

/** The signature stands at the end. */
function withFlippedBit(cell: Cell): Cell {
  const { bits, refs } = cell
  const last = bits.length - 1
  const changed = beginCell().storeBits(bits.substring(0, last)).storeBit(!bits.at(last))
  for (const reference of refs) changed.storeRef(reference)
  return changed.endCell()
}
