import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { LedgerReferences } from '#ledger/references/references'
import LedgerTransfer from '#ledger/models/ledger_transfer'
import { SettlingWorld } from '#tests/support/markets/settling_world'

const world = new SettlingWorld()

test.group('Markets: what transfers refer to', (group) => {
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  test('given money of a bet and the fee of its market, then both are named and lead to the market', async ({
    assert,
  }) => {
    const market = await world.market({ title: 'Rain on Monday?', pricing: 'parimutuel', feePoints: 500 })
    const bet = await world.taken(await world.customer(), market, 'YES', 10)
    await world.done(world.resolve(market, 'YES'))

    const transfers = await LedgerTransfer.query().whereIn('kind', ['bet', 'bet_payout', 'market_fee']).orderBy('id')
    const references = transfers.map(({ referenceType, referenceId }) => ({ type: referenceType!, id: referenceId! }))
    const registry = await app.container.make(LedgerReferences)
    const causeOf = await registry.causesOf(references)
    const causes = references.map(causeOf)

    const title = `Bet ${bet.reference} on Rain on Monday?`
    assert.deepEqual(
      causes.map((cause) => cause?.title),
      [title, title, 'Market Rain on Monday?']
    )
    for (const cause of causes) {
      assert.deepEqual(cause?.link, { route: 'admin.markets.show', params: [market.reference] })
    }
  })
})
