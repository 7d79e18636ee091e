import ChainEvent from '#chain/models/chain_event'
import ChainOperation from '#chain/models/chain_operation'
import ChainWallet from '#chain/models/chain_wallet'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import { newReference } from '#core/reference'
import Raffle from '#raffles/models/raffle'
import RaffleEntry from '#raffles/models/raffle_entry'
import RafflePlayer from '#raffles/models/raffle_player'
import { NOWHERE } from '#tests/support/chain/bind_chain'

/** Rows as the rooms write them, for tests of what shows them: nobody signs anything here. */
export const CHAIN_ID = NOWHERE.chainId
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
    contractKey: NOWHERE.raffle.toLowerCase(),
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

/** Somebody in a round, as the chain's event says. */
export async function givenPlayer(raffle: Raffle, columns: Partial<RafflePlayer> = {}) {
  const number = ++made
  const txHash = `0x${number.toString(16).padStart(64, '0')}`
  const event = await ChainEvent.create({
    chainId: CHAIN_ID,
    blockNumber: number,
    blockHash: txHash,
    logIndex: 0,
    txHash,
    ordinal: 0,
    contractKey: raffle.contractKey,
    name: 'RaffleEnter',
    args: {},
    status: 'confirmed',
    createdAt: 1,
  })
  return RafflePlayer.create({
    raffleId: raffle.id,
    eventId: event.id,
    playerKey: addressOf(0xe000 + number),
    fee: raffle.entranceFee,
    txHash,
    blockNumber: number,
    status: 'confirmed',
    createdAt: 1,
    ...columns,
  })
}
