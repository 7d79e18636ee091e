import app from '@adonisjs/core/services/app'
import { CustomerFactory } from '#database/factories/customer_factory'
import { Usdt } from '#chain/contracts/usdt'
import ChainWallet from '#chain/models/chain_wallet'
import { RaffleReader } from '#raffles/contract/raffle_reader'
import { bindChain, NOWHERE } from '#tests/support/chain/bind_chain'
import { givenRound } from '#tests/support/chain/given'

const USDT = 1_000_000n

/** The raffle with an open round, and a contract that says what a test wants instead of a chain. */
export async function givenRaffle() {
  const contract = { isOpen: true, isPaused: false, fee: 10n * USDT, entries: 3, balance: 25n * USDT }
  const restoreChain = bindChain(NOWHERE)
  app.container.swap(RaffleReader, () => ({ now: async () => contract, isDue: async () => true }) as any)
  app.container.swap(Usdt, () => ({ balance: async () => contract.balance }) as any)
  return {
    contract,
    round: await givenRound(),
    customer: await CustomerFactory.create(),
    restore() {
      app.container.restoreAll([RaffleReader, Usdt])
      restoreChain()
    },
  }
}

export function givenTreasury() {
  const address = `0x${'f'.repeat(40)}`
  return ChainWallet.create({
    chainId: NOWHERE.chainId,
    owner: 'treasury',
    address,
    addressKey: address,
    dataKey: 'closed',
    sealedKey: 'closed',
    createdBlock: 1,
    createdAt: 1,
  })
}
