import type { ChainConfig } from '#chain/chain_config'
import ChainOperation from '#chain/models/chain_operation'
import ChainWallet from '#chain/models/chain_wallet'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import { newReference } from '#core/reference'
import Raffle from '#raffles/models/raffle'
import RaffleEntry from '#raffles/models/raffle_entry'

/** Rows as the rooms write them, for tests of what shows them: nobody signs anything here. */
export const CHAIN_ID = 31_337
const USDT = 1_000_000n

let made = 0

const addressOf = (number: number) => `0x${number.toString(16).padStart(40, '0')}`

export async function givenWallet(customerId: number, address = addressOf(0xa000 + ++made)) {
  return ChainWallet.create({
    chainId: CHAIN_ID,
    owner: 'customer',
    customerId,
    address,
    addressKey: address.toLowerCase(),
    dataKey: 'closed',
    sealedKey: 'closed',
    createdBlock: 1,
    createdAt: 1,
  })
}

export async function givenOperation(wallet: ChainWallet, columns: Partial<ChainOperation> = {}) {
  return ChainOperation.create({
    reference: newReference(),
    key: `test:${++made}`,
    chainId: CHAIN_ID,
    kind: 'enter',
    walletId: wallet.id,
    customerId: wallet.customerId,
    amount: 10n * USDT,
    subjectType: 'raffle_entry',
    subjectId: 1,
    status: 'new',
    nextStepAt: 1,
    createdAt: 1,
    updatedAt: 1,
    ...columns,
  })
}

export async function givenEntry(wallet: ChainWallet, columns: Partial<RaffleEntry> = {}) {
  return RaffleEntry.create({
    reference: newReference(),
    key: `test:${++made}`,
    customerId: wallet.customerId!,
    walletId: wallet.id,
    fee: 10n * USDT,
    source: 'bot',
    status: 'pending',
    createdAt: 1,
    updatedAt: 1,
    ...columns,
  })
}

export async function givenWithdrawal(wallet: ChainWallet, columns: Partial<ChainWithdrawal> = {}) {
  return ChainWithdrawal.create({
    reference: newReference(),
    key: `test:${++made}`,
    customerId: wallet.customerId!,
    walletId: wallet.id,
    toAddress: addressOf(0xb000 + made),
    amount: 5n * USDT,
    status: 'waiting',
    createdAt: 1,
    updatedAt: 1,
    ...columns,
  })
}

export async function givenRound(columns: Partial<Raffle> = {}) {
  const round = ++made
  return Raffle.create({
    reference: newReference(),
    chainId: CHAIN_ID,
    contractKey: addressOf(0xc0),
    round,
    status: 'open',
    entranceFee: 10n * USDT,
    pool: 0n,
    participants: 0,
    openedBlock: round,
    openedAt: 1,
    ...columns,
  })
}

/** A chain that is configured, and that nobody answers on. */
export const testChain = (columns: Partial<ChainConfig> = {}): ChainConfig => ({
  chainId: CHAIN_ID,
  rpcUrls: ['http://127.0.0.1:1'],
  usdt: addressOf(0xd0),
  raffle: addressOf(0xc0),
  raffleAbi: null,
  startBlock: null,
  confirmations: 12,
  pollMs: 500,
  explorerUrl: null,
  ...columns,
})
