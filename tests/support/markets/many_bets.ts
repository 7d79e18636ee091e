import app from '@adonisjs/core/services/app'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { Money } from '#core/money/money'
import { newReference } from '#core/reference'
import { granted, system, wallet } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import type Market from '#markets/models/market'
import { HouseExposure } from '#markets/betting/house_exposure'
import type { Outcome } from '#markets/values'
import { accepted, freshKey } from '#tests/support/ledger'

const CHUNK = 500
/** 3.00 PRED, of which 1.00 was given; pays 6.00. */
const [STAKE, GRANTED, POTENTIAL] = [300n, 100n, 600n]

/**
 * So many bets at odds of 2.00 without asking `PlaceBet`: customers bet by turns, every other of them on NO. Leaves
 * money, pools, positions and records as the bets would have.
 */
export async function manyBets(market: Market, customerIds: readonly number[], count: number) {
  const bets = Array.from({ length: count }, (_, index) => {
    const place = index % customerIds.length
    return { customerId: customerIds[place], outcome: (place % 2 ? 'NO' : 'YES') as Outcome, key: freshKey() }
  })
  for (let from = 0; from < count; from += CHUNK) await insertBets(market, bets.slice(from, from + CHUNK))
  await insertSums(market, bets)
  return market.refresh()
}

interface NewBet {
  customerId: number
  outcome: Outcome
  key: string
}

async function insertBets(market: Market, bets: readonly NewBet[]) {
  const ledger = await app.container.make(Ledger)
  const [given, bought, house] = [pred(GRANTED), pred(STAKE - GRANTED), system('house', 'PRED')]
  await transaction(async (trx) => {
    const post = async (input: (bet: NewBet) => Parameters<Ledger['transfer']>[1]) =>
      accepted(await ledger.transferAll(trx, bets.map(input)))
    await post(({ customerId, key }) => ({
      ...{ kind: 'grant', key: `${key}:money`, actor: SYSTEM_ACTOR },
      postings: [
        { from: system('issuance', 'PRED'), to: granted(customerId), amount: given },
        { from: system('clearing:sandbox', 'PRED'), to: wallet(customerId, 'PRED'), amount: bought },
      ],
    }))
    const stakes = await post(({ customerId, key }) => ({
      ...{ kind: 'bet', key: `bet:${key}`, actor: SYSTEM_ACTOR },
      postings: [
        { from: granted(customerId), to: house, amount: given },
        { from: wallet(customerId, 'PRED'), to: house, amount: bought },
      ],
    }))
    await trx.table('bets').multiInsert(
      bets.map(({ customerId, outcome, key }, index) => ({
        ...{ reference: newReference(), key, market_id: market.id, customer_id: customerId, outcome, status: 'open' },
        ...{ stake: STAKE, granted: GRANTED, bought: STAKE - GRANTED, odds: 200, potential: POTENTIAL },
        ...{ yes_pool: 0, no_pool: 0, source: 'bot', stake_transfer_id: stakes[index].id, created_at: 1 },
      }))
    )
  })
}

async function insertSums(market: Market, bets: readonly NewBet[]) {
  const byCustomer = Map.groupBy(bets, ({ customerId }) => customerId)
  await transaction(async (trx) => {
    const house = await app.container.make(HouseExposure)
    for (const [customerId, own] of byCustomer) {
      const [number, stake, potential] = sumsOf(own)
      await trx.table('market_positions').insert({
        ...{ market_id: market.id, customer_id: customerId, outcome: own[0].outcome, bets: number, stake, potential },
      })
      await trx.table('bettors').insert({
        ...{ customer_id: customerId, bets: number, open_bets: number, staked: stake, updated_at: 1 },
        exposure: potential - stake,
      })
    }
    const [yes, no] = (['YES', 'NO'] as const).map((side) => sumsOf(bets.filter(({ outcome }) => outcome === side)))
    market.useTransaction(trx).merge({ yesBets: yes[0], yesPool: yes[1], yesPotential: yes[2] })
    market.merge({ noBets: no[0], noPool: no[1], noPotential: no[2], bettors: byCustomer.size })
    market.merge({ yesBought: yes[3], yesBoughtPotential: yes[4], noBought: no[3], noBoughtPotential: no[4] })
    await market.merge({ exposure: market.worstCase }).save()
    await house.add(trx, market.exposure)
  })
  market.$trx = undefined
}

/** How many, and their stakes and potentials: all of them, then the bought ones. */
function sumsOf(bets: readonly NewBet[]) {
  const all = BigInt(bets.length)
  const [bought, asBought] = [STAKE - GRANTED, (POTENTIAL * (STAKE - GRANTED)) / STAKE]
  return [bets.length, STAKE * all, POTENTIAL * all, bought * all, asBought * all] as const
}

const pred = (minor: bigint) => Money.of(minor, 'PRED')
