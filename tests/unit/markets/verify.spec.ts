import { test } from '@japa/runner'
import type Customer from '#customers/models/customer'
import Bet from '#markets/models/bet'
import type Market from '#markets/models/market'
import { verifyMarkets } from '#markets/verify/verify_markets'
import { accepted } from '#tests/support/ledger'
import { SettlingWorld } from '#tests/support/markets/settling_world'
import { runAce } from '#tests/support/processes'
import { tamper } from '#tests/support/tampering'

const world = new SettlingWorld()

async function offences() {
  const found: string[] = []
  const tally = { markets: 0, positions: 0, bets: 0, bettors: 0 }
  for await (const { subject, fault } of verifyMarkets(tally)) found.push(`${subject} ${fault}`)
  return found
}

test.group('Markets: proof', (group) => {
  let customers: Customer[]
  let open: Market
  let resolved: Market
  let pool: Market
  let cancelled: Market

  group.each.timeout(60_000)
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  /** Bets 1 to 3 on the resolved market (1 and 2 win), 4 and 5 on the pool (4 wins), 6 refunded, 7 and 8 open. */
  group.each.setup(async () => {
    customers = [
      await world.customer({ bought: '60', free: '50' }),
      await world.customer({ free: '100' }),
      await world.customer(),
    ]
    resolved = await world.market()
    pool = await world.market({ pricing: 'parimutuel', feePoints: 500 })
    cancelled = await world.market()
    open = await world.market()
    await world.taken(customers[0], resolved, 'YES', 70)
    await world.taken(customers[1], resolved, 'YES', 33)
    await world.taken(customers[2], resolved, 'NO', 20)
    await world.taken(customers[1], pool, 'YES', '10.01')
    await world.taken(customers[2], pool, 'NO', '7.77')
    await world.taken(customers[2], cancelled, 'NO', 5)
    await world.done(world.resolve(resolved, 'YES'))
    await world.done(world.resolve(pool, 'YES'))
    await world.done(world.cancel(cancelled))
    await world.taken(customers[0], open, 'NO', 10)
    await world.taken(customers[2], open, 'YES', 12)
  })

  const bet = async (id: number) => {
    const { reference } = await Bet.findOrFail(id)
    return `bet ${reference}`
  }

  test('given honest markets, settled and reversed, then nothing offends', async ({ assert }) => {
    assert.deepEqual(await offences(), [])
    await world.done(world.reverse(resolved))
    await world.done(world.reverse(pool))
    assert.deepEqual(await offences(), [])
    await world.done(world.resolve(resolved, 'NO'))
    await world.done(world.resolve(pool, 'NO'))
    assert.deepEqual(await offences(), [])
  })

  test('given a settlement in the middle, then nothing offends', async ({ assert }) => {
    accepted(await world.resolve(open, 'YES'))
    assert.deepEqual(await offences(), [])
  })

  test('given a market with other pools, then it is named with what it would cost', async ({ assert }) => {
    await tamper(
      `UPDATE markets SET yes_pool = yes_pool + 1, no_potential = 99999, bettors = 9, yes_bought = 1199,
        yes_bought_potential = yes_bought_potential + 1 WHERE id = ${open.id}`
    )
    const found = await offences()
    const { reference } = open
    assert.include(found, `market ${reference} says yes_pool 1201 where its bets make it 1200`)
    assert.include(found, `market ${reference} says bettors 9 where its bets make it 2`)
    assert.include(found, `market ${reference} says yes_bought 1199 where its bets make it 1200`)
    assert.include(found.join('\n'), `market ${reference} says yes_bought_potential `)
    assert.isTrue(found.some((line) => line.startsWith(`market ${reference} says exposure`)))
  })

  test('given exposures of other sums, then market and house are named', async ({ assert }) => {
    await tamper('UPDATE house_exposure SET used = used + 5')
    const [line] = await offences()
    assert.match(line, /^house says exposure \d+ where its markets make it \d+$/)
    await tamper(`UPDATE markets SET exposure = exposure + 5 WHERE id = ${resolved.id}`)
    assert.deepEqual(await offences(), [`market ${resolved.reference} says exposure 5 where its pools make it 0`])
  })

  test('given a position on both sides, or of another sum, then it is named', async ({ assert }) => {
    await tamper(`UPDATE bets SET outcome = 'YES' WHERE id = 7`)
    const subject = `position of customer ${customers[0].id} in market ${open.reference}`
    assert.include(await offences(), `${subject} has 1 bets on the other side`)
    await tamper(`UPDATE bets SET outcome = 'NO' WHERE id = 7`, `UPDATE market_positions SET stake = 1 WHERE id = 7`)
    const [line] = await offences()
    assert.match(line, /^position of customer \d+ in market \w+ says stake 1 where its bets make it \d+$/)
    await tamper('DELETE FROM market_positions WHERE id = 7')
    assert.deepEqual(await offences(), [`${await bet(7)} has no position in market ${open.reference}`])
  })

  test('given a record of other figures, then the bettor is named', async ({ assert }) => {
    const [, { id }] = customers
    await tamper(`UPDATE bettors SET wins = wins + 11, exposure = 3 WHERE customer_id = ${id}`)
    assert.deepEqual(await offences(), [
      `bettor ${id} says wins 13 where their bets make it 2`,
      `bettor ${id} says exposure 3 where their bets make it 0`,
    ])
    await tamper(`UPDATE bettors SET wins = 2, exposure = 0, rank = 'gold' WHERE customer_id = ${id}`)
    assert.deepEqual(await offences(), [`bettor ${id} says rank gold where their wins make it bronze`])
  })

  test('given a payout made twice, then its bet and the house are named', async ({ assert }) => {
    await doublePayout(1)
    const found = await offences()
    assert.include(found, `${await bet(1)} is won with 2 settlements that stand instead of 1`)
    const subject = await bet(1)
    assert.isTrue(found.some((line) => line.startsWith(`${subject} was given `)))
    assert.isTrue(found.some((line) => line.startsWith('house says balance ')))
  })

  test('given a bet that was paid as another one, then it is named', async ({ assert }) => {
    await tamper(`UPDATE bets SET settlement_transfer_id = settlement_transfer_id + 1 WHERE id = 1`)
    const [first] = await offences()
    assert.match(first, /^bet \w+ says transfer \d+ where its settlements make it \d+$/)
  })

  test('given more of a win in money than of its stake, then it is named', async ({ assert }) => {
    await tamper(`UPDATE bets SET granted = granted - 100, bought = bought + 100 WHERE id = 1`)
    const found = await offences()
    assert.isTrue(found.some((line) => /^bet \w+ says granted \d+ where its entries make it \d+$/.test(line)))
    assert.isTrue(found.some((line) => /^bet \w+ was given \d+ granted and \d+ bought instead of/.test(line)))
  })

  test('given bets whose state is not that of their settlement, then each is named', async ({ assert }) => {
    await tamper(
      `UPDATE bets SET status = 'won' WHERE id = 3`,
      `UPDATE bets SET settlement_id = NULL WHERE id = 6`,
      `UPDATE bets SET settled_at = 1 WHERE id = 8`
    )
    const found = await offences()
    assert.include(found, `${await bet(3)} is won on NO where the result is YES`)
    assert.include(found, `${await bet(3)} is won with 0 settlements that stand instead of 1`)
    assert.include(found, `${await bet(6)} is refunded by no settlement`)
    assert.include(found, `${await bet(8)} is open and settled`)
  })

  test('given a pool whose fee is another one, then its settlement is named', async ({ assert }) => {
    await tamper(`UPDATE bets SET payout = payout - 1 WHERE id = 4`)
    const found = await offences()
    assert.isTrue(found.some((line) => /^settlement \w+ says done_payout \d+ where its bets make it \d+$/.test(line)))
    assert.isTrue(found.some((line) => /^settlement \w+ says fee \d+ where its payouts make it \d+$/.test(line)))
  })

  test('markets:verify ends with 0 on honest markets and with 1 on others, naming what offends', async ({ assert }) => {
    const honest = await runAce(['markets:verify'])
    assert.equal(honest.exitCode, 0, honest.output)
    assert.include(honest.output, '4 markets, 8 positions, 8 bets, 3 bettors')

    await tamper(`UPDATE markets SET no_bets = 5 WHERE id = ${open.id}`)
    const broken = await runAce(['markets:verify'])
    assert.equal(broken.exitCode, 1)
    assert.include(broken.output, `market ${open.reference} says no_bets 5 where its bets make it 1`)
  })
})

/** A second transfer like the first, with entries and balances to match: the ledger alone sees nothing wrong. */
async function doublePayout(betId: number) {
  const paid = `(SELECT settlement_transfer_id FROM bets WHERE id = ${betId})`
  const columns = 'kind, fingerprint, reference_type, reference_id, actor_type, actor_id, actor_name, created_at'
  await tamper(
    `INSERT INTO ledger_transfers (idempotency_key, ${columns}) SELECT 'again', ${columns} FROM ledger_transfers WHERE id = ${paid}`,
    `INSERT INTO ledger_entries (transfer_id, account_id, account_kind, currency, amount, balance, created_at)
     SELECT (SELECT MAX(id) FROM ledger_transfers), e.account_id, e.account_kind, e.currency, e.amount, a.balance + e.amount, a.updated_at
     FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id WHERE e.transfer_id = ${paid} ORDER BY e.id`,
    `UPDATE ledger_accounts SET balance = balance + (SELECT e.amount FROM ledger_entries e WHERE e.account_id = ledger_accounts.id
       AND e.transfer_id = (SELECT MAX(id) FROM ledger_transfers))
     WHERE id IN (SELECT account_id FROM ledger_entries WHERE transfer_id = (SELECT MAX(id) FROM ledger_transfers))`
  )
}
