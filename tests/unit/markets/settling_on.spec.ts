import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import SettleMarket from '#markets/jobs/settle_market'
import { Settlements } from '#markets/settlement/settlements'
import { RETRY_MS, STUCK_MS, Settle } from '#markets/ticks/settle'
import { accepted } from '#tests/support/ledger'
import { SettlingWorld } from '#tests/support/markets/settling_world'

const signal = new AbortController().signal

test.group('Settlements that nobody looks after', (group) => {
  const world = new SettlingWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => {
      app.container.restore(Settlements)
      return world.teardown()
    }
  })

  const running = async () => {
    const market = await world.market({ title: 'Will it rain?' })
    await world.taken(await world.customer(), market, 'YES', 10)
    const { settlement } = accepted(await world.resolve(market, 'YES'))
    return { market, settlement }
  }
  const tick = async () => {
    const settle = await world.make(Settle)
    await settle.run(signal)
  }
  const alerts = () => db.from('admin_alerts').whereLike('fingerprint', 'settlement:%').select('title', 'resolved_at')

  /** Does `before` first whenever a settlement gets its turn, and the turn itself unless it answers false. */
  const turns = async (before: (id: number, turn: number) => unknown) => {
    const settlements = await world.make(Settlements)
    const order: number[] = []
    app.container.swap(Settlements, () => {
      const run = async (id: number) => {
        const isOff = (await before(id, order.push(id))) === false
        return isOff ? false : settlements.run(id)
      }
      return Object.assign(Object.create(settlements), { run })
    })
    return order
  }

  test('a decision leaves a job, in the transaction that makes it', async ({ assert }) => {
    const { settlement } = await running()
    const jobs = await db.from('queue_jobs')
    assert.lengthOf(
      jobs.filter((job) => JSON.stringify(job).includes('markets.settle_market')),
      1
    )
    const job = await app.container.make(SettleMarket)
    Object.defineProperty(job, 'payload', { value: { settlementId: settlement.id } })
    await job.execute()
    await settlement.refresh()
    assert.equal(settlement.status, 'done')
  })

  test('the tick takes up what runs, whatever became of the job', async ({ assert }) => {
    const { settlement } = await running()
    await tick()
    await settlement.refresh()
    assert.equal(settlement.status, 'done')
    await tick()
    assert.isEmpty(await alerts())
  })

  test('several go on by turns until all of them are done', async ({ assert }) => {
    const all = [await running(), await running()]
    const order = await turns((_id, turn) => turn > 2)
    await tick()
    const ids = all.map(({ settlement }) => settlement.id)
    assert.deepEqual(order, [...ids, ...ids])
    const left = await db.from('market_settlements').where('status', 'running')
    assert.isEmpty(left)
  })

  test('one that begins while others go on joins in at the next round', async ({ assert }) => {
    const first = await running()
    const begun: number[] = []
    const order = await turns(async (_id, turn) => {
      if (turn > 1) return true
      const { settlement } = await running()
      begun.push(settlement.id)
      return false
    })
    await tick()
    assert.deepEqual(order, [first.settlement.id, first.settlement.id, ...begun])
    assert.isEmpty(await db.from('market_settlements').where('status', 'running'))
  })

  test('one that failed is tried again while others go on, after a pause', async ({ assert }) => {
    const both = [await running(), await running()]
    const [bad, long] = both.map(({ settlement }) => settlement.id)
    const order = await turns((id, turn) => {
      if (turn === 1) throw new Error('connection lost')
      if (id === bad) return true
      if (turn === 3) world.clock.advance(RETRY_MS)
      return turn > 4
    })
    await tick()
    assert.deepEqual(order, [bad, long, long, bad, long])
    assert.isEmpty(await db.from('market_settlements').where('status', 'running'))
  })

  test('one that got on before it failed does not stand still', async ({ assert }) => {
    const { settlement } = await running()
    world.clock.advance(STUCK_MS)
    await turns(async () => {
      await settlement.merge({ progressedAt: world.clock.now() }).save()
      throw new Error('connection lost')
    })
    await tick()
    assert.isEmpty(await alerts())
  })

  test('what is told to stop stops between two steps, and says that something is left', async ({ assert }) => {
    const { settlement } = await running()
    const settlements = await world.make(Settlements)
    assert.isFalse(await settlements.run(settlement.id, AbortSignal.abort()))
    await settlement.refresh()
    assert.deepEqual([settlement.status, settlement.doneBets], ['running', 0])
    assert.isTrue(await settlements.run(settlement.id))
  })

  test('admins are told once of one that stands still, and when it goes on', async ({ assert }) => {
    const { settlement } = await running()
    const settlements = await world.make(Settlements)
    app.container.swap(Settlements, () => {
      return Object.assign(Object.create(settlements), { run: () => Promise.reject(new Error('no space left')) })
    })
    await tick()
    assert.isEmpty(await alerts())
    world.clock.advance(STUCK_MS)
    await tick()
    await tick()
    const told = await alerts()
    assert.lengthOf(told, 1)
    assert.equal(told[0].title, 'The settlement of the market "Will it rain?" stands still; it is tried again')

    app.container.restore(Settlements)
    await tick()
    await settlement.refresh()
    assert.equal(settlement.status, 'done')
    const [over] = await alerts()
    assert.isNotNull(over.resolved_at)
  })
})
