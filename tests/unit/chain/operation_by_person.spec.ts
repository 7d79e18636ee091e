import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { GiveUpOperation } from '#chain/actions/give_up_operation'
import { RetryOperation } from '#chain/actions/retry_operation'
import type ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import AuditEntry from '#staff/models/audit_entry'
import type { Actor } from '#core/contracts/audit'
import { ok, refuse } from '#core/result'
import { SenderWorld } from '#tests/support/chain/sender_world'

const ADMIN: Actor = { type: 'admin', id: 1, name: 'Olena' }

test.group('An operation in the hands of a person', (group) => {
  let world: SenderWorld
  group.setup(async () => {
    world = await SenderWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => world.setup())
  group.each.timeout(60_000)

  const giveUp = async ({ id: operationId }: ChainOperation) => {
    const action = await world.make(GiveUpOperation)
    return action.run({ operationId, note: 'The customer asked', actor: ADMIN })
  }
  const retry = async ({ id: operationId }: ChainOperation) => {
    const action = await world.make(RetryOperation)
    return action.run({ operationId, actor: ADMIN })
  }
  const codeOf = (result: { ok: boolean; refusal?: { code: string } }) => (result.ok ? 'ok' : result.refusal!.code)

  const audited = async () => {
    const entries = await AuditEntry.query().where('subjectType', 'chain_operation').orderBy('id')
    return entries.map(({ action }) => action)
  }

  test('given nothing signed, when it is given up, then it has failed at once', async ({ assert }) => {
    const entry = await world.begin(await world.player())
    assert.equal(codeOf(await giveUp(entry)), 'ok')
    await entry.refresh()
    assert.deepEqual([entry.status, entry.reason, entry.detail], ['failed', 'given_up', 'The customer asked'])
    await world.pass(3)
    assert.lengthOf(await world.txs(), 0)
    assert.deepEqual(await audited(), ['chain_operation.given_up'])
    assert.equal(codeOf(await giveUp(entry)), 'already_finished')
  })

  test('given a call in no block, when it is given up, then a no-op takes its nonce and nothing is paid', async ({
    assert,
  }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    await world.untilStory('act signed')
    await world.evm.automine(false)
    await world.pass()
    assert.equal(codeOf(await giveUp(entry)), 'ok')
    await entry.refresh()
    assert.deepEqual([entry.status, entry.reason], ['act', 'giving_up'])
    assert.equal(codeOf(await giveUp(entry)), 'giving_up')
    await world.untilStatus(entry, 'failed')
    assert.equal(entry.reason, 'given_up')
    assert.equal(await world.entriesOf(player), 0)
    assert.include(await world.story(), 'act replaced')
    const again = await world.begin(player)
    await world.evm.automine(true)
    await world.untilMined(again)
    assert.equal(await world.entriesOf(player), 1)
  })

  test('given a call that is mined before the no-op, then it counts', async ({ assert }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    await world.untilStory('act signed')
    await world.evm.automine(false)
    await world.pass()
    await giveUp(entry)
    await world.evm.mine()
    await world.untilMined(entry)
    assert.isNull(entry.reason)
    assert.equal(codeOf(await giveUp(entry)), 'already_mined')
    assert.equal(await world.entriesOf(player), 1)
  })

  /** Its approval waits in the pool, and the next blocks cost too much for it. */
  const approvalInPool = async () => {
    const player = await world.player()
    const entry = await world.begin(player)
    await world.untilStory('approve signed')
    await world.evm.automine(false)
    await world.pass()
    return { player, entry }
  }

  test('given an approval in no block while gas rises, when it is given up, then a no-op is paid for and its wallet is free', async ({
    assert,
  }) => {
    const { player, entry } = await approvalInPool()
    assert.equal(codeOf(await giveUp(entry)), 'ok')
    await entry.refresh()
    assert.deepEqual([entry.status, entry.reason], ['approve', 'giving_up'])
    await world.dearly(async () => {
      await entry.refresh()
      return entry.status === 'failed'
    })
    assert.deepEqual([entry.reason, entry.detail], ['given_up', 'The customer asked'])
    assert.include(await world.story(), 'approve replaced')
    await world.evm.automine(true)
    const again = await world.begin(player)
    await world.untilMined(again)
    assert.equal(await world.entriesOf(player), 1)
  })

  test('given an approval that is mined before the no-op, then it is given up all the same, and the next entry uses it', async ({
    assert,
  }) => {
    const { player, entry } = await approvalInPool()
    await giveUp(entry)
    await world.evm.mine()
    await world.untilStatus(entry, 'failed')
    assert.equal(entry.reason, 'given_up')
    await world.evm.automine(true)
    const again = await world.begin(player)
    await world.untilMined(again)
    assert.deepEqual(await world.story(again), ['act mined'])
    assert.equal(await world.entriesOf(player), 1)
  })

  test('given an approval of an operation that is over, when a reorganisation drops it and gas rises, then the next operation pays for it', async ({
    assert,
  }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    await world.untilStory('approve signed')
    world.handlers.enter.answer = refuse('raffle_not_open')
    await world.untilStatus(entry, 'failed')
    world.handlers.enter.answer = ok()
    const approve = await ChainTx.findByOrFail('step', 'approve')
    const head = await world.evm.head()
    await world.evm.reorg(head - approve.blockNumber! + 1)
    await world.evm.automine(false)
    await world.pass()
    const again = await world.begin(player)
    await world.dearly(async () => {
      await again.refresh()
      return again.status === 'awaiting_confirmations'
    })
    assert.equal(await world.entriesOf(player), 1)
  })

  test('given a top-up in no block, when its operation is given up, then the next one waits for it and none is paid twice', async ({
    assert,
  }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    await world.untilStory('topup signed')
    await world.evm.automine(false)
    await world.pass()
    assert.equal(codeOf(await giveUp(entry)), 'ok')
    const again = await world.begin(player)
    await world.pass(3)
    assert.deepEqual(await world.story(), ['topup broadcast'])
    await world.evm.automine(true)
    await world.untilMined(again)
    assert.deepEqual(await world.story(again), ['approve confirmed', 'act mined'])
  })

  test('given a call that succeeded without its event, when it is given up, then it is over and its wallet is free', async ({
    assert,
  }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    await world.untilMined(entry)
    await world.untilSettled()
    const cursor = { stream: 'events', block_number: 1000, head: 1000, confirmed_block: 1000, updated_at: 1 }
    await db.table('chain_cursors').insert({ chain_id: world.evm.chainId, ...cursor })
    await world.pass(60)
    await entry.refresh()
    assert.equal(entry.reason, 'no_event')
    assert.equal(codeOf(await giveUp(entry)), 'ok')
    await entry.refresh()
    assert.deepEqual([entry.status, entry.reason, entry.detail], ['failed', 'given_up', 'The customer asked'])
    const next = await world.begin(player)
    assert.equal(next.status, 'new')
  })

  test('given somebody else who used its nonce, when it is retried, then it is done with the next one', async ({
    assert,
  }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    assert.equal(codeOf(await retry(entry)), 'wrong_status')
    await world.untilStory('act signed')
    await world.evm.send(player.address, world.evm.owner)
    await world.untilStatus(entry, 'needs_attention')
    assert.equal(codeOf(await retry(entry)), 'ok')
    await world.untilMined(entry)
    assert.equal(await world.entriesOf(player), 1)
    const txs = await world.txs()
    assert.deepEqual(
      txs.slice(2).map(({ step, status, nonce }) => [step, status, nonce]),
      [
        ['act', 'replaced', 1],
        ['act:2', 'mined', 2],
      ]
    )
    assert.deepEqual(await audited(), ['chain_operation.retried'])
  })
})
