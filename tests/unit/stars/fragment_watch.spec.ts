import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { ChangeFragmentSession } from '#stars/actions/change_fragment_session'
import { ChangeFragmentWallet } from '#stars/actions/change_fragment_wallet'
import { FragmentCheck } from '#stars/health/fragment_check'
import { FragmentStatusQuery } from '#stars/queries/fragment_status_query'
import { fragmentConfirmation, fulfilmentProvider } from '#stars/settings'
import { LookAfterFragment } from '#stars/ticks/look_after_fragment'
import { act } from '#tests/support/stars/act'
import { FragmentWorld, MNEMONIC } from '#tests/support/stars/fragment_world'
import { ADMIN, valueOf } from '#tests/support/stars/world'

test.group('Watching over Fragment', (group) => {
  const world = new FragmentWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.stop()
  })
  group.each.timeout(60_000)

  const look = async () => {
    const tick = await world.make(LookAfterFragment)
    await tick.run()
  }
  const health = async () => {
    const check = await world.make(FragmentCheck)
    return check.check()
  }
  const openAlerts = async () => {
    const rows = await db.from('admin_alerts').whereNull('resolved_at').orderBy('id').select('fingerprint')
    return rows.map(({ fingerprint }) => fingerprint)
  }

  test('an expired session is found before an order meets it, and is over with a new one', async ({ assert }) => {
    await look()
    assert.deepEqual(await openAlerts(), [])
    assert.containSubset(await health(), { status: 'healthy' })

    world.sandbox.faults.set({ service: 'fragment', kind: 'session_expired', count: 1 })
    await look()
    assert.deepEqual(await openAlerts(), ['fragment:session_expired'])
    assert.containSubset(await health(), { status: 'unhealthy', message: 'the session has expired' })

    await world.storeSession()
    await look()
    assert.deepEqual(await openAlerts(), [])
    assert.containSubset(await health(), { status: 'healthy' })
  })

  test('a wallet that runs low is told of without an order', async ({ assert }) => {
    await world.sandbox.ton.setBalance(world.address, '4.9')
    await look()
    assert.deepEqual(await openAlerts(), ['ton_wallet:fragment:low_balance'])
    assert.containSubset(await health(), { status: 'degraded', message: 'the wallet runs low' })
    await world.sandbox.ton.setBalance(world.address, '5')
    await look()
    assert.deepEqual(await openAlerts(), [])
  })

  test('nobody is asked where people deliver', async ({ assert }) => {
    await world.set(fulfilmentProvider, 'manual')
    world.sandbox.journal.clear()
    await look()
    assert.containSubset(await health(), { status: 'healthy', message: 'not used: Stars are delivered by hand' })
    assert.isNull(
      await db
        .from('fragment_sessions')
        .first()
        .then(({ checked_at: at }) => at)
    )
  })

  test('the page shows session, wallet and what was spent, and no secret', async ({ assert }) => {
    const { order } = await world.order()
    await world.follow(order)
    const query = await world.make(FragmentStatusQuery)
    const status = await query.run()
    assert.equal(status.wallet?.address, world.address)
    const [{ amount }] = world.purchases()
    assert.equal(status.wallet?.spentToday.minor, amount)
    assert.isNotNull(status.session?.checkedAt)
    assert.isNull(status.wallet?.inFlight)
    assert.deepEqual(status.breakers, { fragment: 'closed', ton: 'closed' })
    assert.isTrue(status.balance!.minor > 0n)
    assert.notInclude(
      JSON.stringify({ ...status, balance: null, wallet: { ...status.wallet, spentToday: 0, budget: 0 } }),
      'sandbox-token'
    )
  })

  test('what is no session and no wallet is refused, and nothing of it is kept', async ({ assert }) => {
    const session = await world.make(ChangeFragmentSession)
    const wallet = await world.make(ChangeFragmentWallet)
    for (const cookies of ['', 'stel_ssid=only', 'nonsense']) {
      assert.containSubset(await session.handle({ cookies, actor: ADMIN }), {
        ok: false,
        refusal: { code: 'cookies_incomplete' },
      })
    }
    for (const mnemonic of ['', 'one two three', MNEMONIC.replace(/\w+$/, 'zzzz')]) {
      assert.containSubset(await wallet.handle({ mnemonic, actor: ADMIN }), {
        ok: false,
        refusal: { code: 'mnemonic_invalid' },
      })
    }
    assert.lengthOf(await db.from('ton_wallets'), 1)
    const again = valueOf(
      await wallet.handle({ mnemonic: `  ${MNEMONIC.toUpperCase().replaceAll(' ', '\n')} `, actor: ADMIN })
    )
    assert.equal(again.address, world.address)
    assert.lengthOf(await db.from('ton_wallets'), 1)
  })

  test('an account that must be verified waits for a person', async ({ assert }) => {
    world.sandbox.faults.set({ service: 'fragment', kind: 'need_verify' as any, count: 1 })
    const { order } = await world.order()
    await world.follow(order)
    assert.equal(order.attention, 'verification_needed')
    assert.lengthOf(await world.transfers(), 0)
    valueOf(await act('retry', order))
    await world.follow(order)
    assert.equal(order.status, 'fulfilled')
  })

  test('coins that come back are no delivery, however Fragment or the chain is trusted')
    .with(['fragment', 'chain'])
    .run(async ({ assert }, confirmation) => {
      await world.set(fragmentConfirmation, confirmation)
      world.sandbox.faults.set({ service: 'ton', kind: 'bounced' as any, count: 1 })
      const { order } = await world.order()
      await world.follow(order)
      assert.deepEqual([order.status, order.attention], ['fulfilling', 'outcome_unknown'])
      assert.equal(world.bobsStars, 0)
      assert.lengthOf(await world.transfers(), 1)

      valueOf(await act('refund', order))
      await order.refresh()
      assert.equal(order.status, 'refunded')
      assert.deepEqual(await world.stars(), { inventory: 0, owed: 0, delivered: 0 })
    })
})
