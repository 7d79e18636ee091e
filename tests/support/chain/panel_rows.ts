import { randomBytes } from 'node:crypto'
import { newReference } from '#core/reference'
import type { ChainConfig } from '#chain/chain_config'
import ChainEvent from '#chain/models/chain_event'
import ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import ChainTxAttempt from '#chain/models/chain_tx_attempt'
import ChainWallet from '#chain/models/chain_wallet'
import type { EventName } from '#chain/values'
import type Customer from '#customers/models/customer'
import Raffle from '#raffles/models/raffle'
import RafflePlayer from '#raffles/models/raffle_player'
import RaffleEntry from '#raffles/models/raffle_entry'
import RaffleDraw from '#raffles/models/raffle_draw'
import RaffleSchedule from '#raffles/models/raffle_schedule'
import RaffleReceipt from '#raffles/models/raffle_receipt'
import type { DrawFacts } from '#raffles/receipt/draw_facts'
import { firstWord } from '#raffles/receipt/random_word'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import ChainCursor from '#chain/models/chain_cursor'
import { bindChain } from '#tests/support/chain/bind_chain'

/** Rows as the rooms write them, for pages that only read. */
export const JANUARY = Date.UTC(2026, 0, 1)
const CHAIN_ID = 31_337

export const address = () => `0x${randomBytes(20).toString('hex')}`
export const hash = () => `0x${randomBytes(32).toString('hex')}`
export const usdt = (units: number) => BigInt(Math.round(units * 1e6))

export const CONFIG: ChainConfig = {
  ...{ chainId: CHAIN_ID, rpcUrls: ['http://127.0.0.1:9/secret-key'], usdt: `0x${'a1'.repeat(20)}` },
  ...{ raffle: `0x${'b2'.repeat(20)}`, raffleAbi: null, startBlock: null, confirmations: 3, pollMs: 50 },
  explorerUrl: 'https://explorer.test',
}

/** Configures a chain that nobody answers for; its return value undoes that. */
export const givenChain = (config: Partial<ChainConfig> = {}) => bindChain({ ...CONFIG, ...config })

export function walletRow(customer: Customer | null, attributes: Partial<ChainWallet> = {}) {
  const own = attributes.address ?? address()
  return ChainWallet.create({
    ...{ chainId: CHAIN_ID, owner: customer ? 'customer' : 'treasury', customerId: customer?.id ?? null },
    ...{ address: own, addressKey: own.toLowerCase(), dataKey: 'closed', sealedKey: 'closed' },
    ...{ createdBlock: 1, createdAt: JANUARY, ...attributes },
  })
}

export function raffleRow(round: number, attributes: Partial<Raffle> = {}) {
  return Raffle.create({
    ...{ reference: newReference(), chainId: CHAIN_ID, contractKey: CONFIG.raffle, round, status: 'finished' },
    ...{ entranceFee: usdt(10), pool: usdt(30), prize: null, participants: 3, openedBlock: 10 * round },
    ...{ openedAt: JANUARY + round * 60_000, ...attributes },
  })
}

let nonce = 0
let subject = 0

export function operationRow(wallet: ChainWallet, attributes: Partial<ChainOperation> = {}) {
  return ChainOperation.create({
    ...{ reference: newReference(), key: `test:${++subject}`, chainId: CHAIN_ID, kind: 'enter', walletId: wallet.id },
    ...{ customerId: wallet.customerId, amount: usdt(10), toKey: null, subjectType: 'raffle_entry' },
    ...{ subjectId: subject, status: 'act', failures: 0, version: 1, nextStepAt: JANUARY },
    ...{ createdAt: JANUARY, updatedAt: JANUARY, finishedAt: null, ...attributes },
  })
}

/** A transaction with one attempt. */
export async function txRow(wallet: ChainWallet, attributes: Partial<ChainTx> = {}) {
  const tx = await ChainTx.create({
    ...{ chainId: CHAIN_ID, operationId: null, step: 'act', kind: 'enter', walletId: wallet.id },
    ...{ fromKey: wallet.addressKey, toKey: CONFIG.raffle, nonce: ++nonce, value: '0', data: '0x', gasLimit: 120_000 },
    ...{ status: 'broadcast', hash: hash(), createdAt: JANUARY, broadcastAt: JANUARY, ...attributes },
  })
  await ChainTxAttempt.create({
    ...{ txId: tx.id, hash: tx.hash, raw: '0xsigned', maxFee: '3000000000', maxPriorityFee: '1000000000' },
    ...{ broadcasts: 1, createdAt: JANUARY, broadcastAt: JANUARY },
  })
  return tx
}

let block = 100

export function eventRow(name: EventName, attributes: Partial<ChainEvent> = {}) {
  return ChainEvent.create({
    ...{ chainId: CHAIN_ID, blockNumber: ++block, blockHash: hash(), logIndex: 0, txHash: hash(), ordinal: 0, name },
    ...{ contractKey: name === 'Transfer' ? CONFIG.usdt : CONFIG.raffle, fromKey: null, toKey: null, amount: null },
    ...{ args: {}, status: 'confirmed', problem: null, createdAt: JANUARY, confirmedAt: JANUARY, ...attributes },
  })
}

/** Somebody in a round, with the event that says so. */
export async function playerRow(raffle: Raffle, attributes: Partial<RafflePlayer> = {}) {
  const event = await eventRow('RaffleEnter', { toKey: attributes.playerKey ?? address() })
  return RafflePlayer.create({
    ...{ raffleId: raffle.id, eventId: event.id, playerKey: event.toKey!, customerId: null, entryId: null },
    ...{ fee: usdt(10), txHash: event.txHash, blockNumber: event.blockNumber, status: 'confirmed', createdAt: JANUARY },
    ...attributes,
  })
}

export const entryRow = (wallet: ChainWallet, attributes: Partial<RaffleEntry> = {}) =>
  RaffleEntry.create({
    ...{ reference: newReference(), key: `entry:${++subject}`, customerId: wallet.customerId!, walletId: wallet.id },
    ...{ raffleId: null, operationId: null, fee: usdt(10), source: 'bot', status: 'pending', reason: null },
    ...{ createdAt: JANUARY, updatedAt: JANUARY, ...attributes },
  })

export const drawRow = (raffle: Raffle, attributes: Partial<RaffleDraw> = {}) =>
  RaffleDraw.create({
    ...{ reference: newReference(), raffleId: raffle.id, operationId: null, cause: 'admin', requestedBy: null },
    ...{ requestedByName: 'Mira', status: 'sending', createdAt: JANUARY, ...attributes },
  })

export const scheduleRow = (attributes: Partial<RaffleSchedule> = {}) =>
  RaffleSchedule.create({ scheduledAt: JANUARY, status: 'waiting', createdAt: JANUARY, ...attributes })

export const withdrawalRow = (wallet: ChainWallet, attributes: Partial<ChainWithdrawal> = {}) =>
  ChainWithdrawal.create({
    ...{
      reference: newReference(),
      key: `withdrawal:${++subject}`,
      customerId: wallet.customerId!,
      walletId: wallet.id,
    },
    ...{ toAddress: address(), amount: usdt(25), status: 'waiting', createdAt: JANUARY, updatedAt: JANUARY },
    ...attributes,
  })

export const cursorRow = (attributes: Partial<ChainCursor> = {}) =>
  ChainCursor.create({
    ...{ chainId: CHAIN_ID, stream: 'events', blockNumber: 120, head: 125, confirmedBlock: 117, stopped: null },
    ...{ updatedAt: JANUARY, ...attributes },
  })

const SEED = 987_654_321n

/** A finished round with what the chain says of its draw, which the word of `SEED` decides. */
export async function drawnRow(round: number, players: string[], attributes: Partial<Raffle> = {}) {
  const word = await firstWord(SEED)
  const winner = players[Number(word % BigInt(players.length))]
  const [requested, answered] = [hash(), hash()]
  const raffle = await raffleRow(round, {
    ...{ participants: players.length, pool: usdt(10 * players.length), prize: usdt(10 * players.length) },
    ...{ winnerKey: winner.toLowerCase(), requestId: '77', requestTx: requested, requestedBlock: 80 },
    ...{ requestedAt: JANUARY + 60_000, closedBlock: 82, closedTx: answered, finishedAt: JANUARY + 120_000 },
    ...attributes,
  })
  const facts: DrawFacts = {
    ...{ chainId: CHAIN_ID, contract: CONFIG.raffle, requestId: '77', winner, prize: String(raffle.prize) },
    request: { tx: requested, block: 80, at: JANUARY + 60_000 },
    answer: {
      ...{ tx: answered, block: 82, at: JANUARY + 120_000, coordinator: `0x${'c3'.repeat(20)}` },
      ...{ seed: String(SEED), hasSucceeded: true },
    },
    players: players.map((player) => ({ address: player, tx: hash() })),
    storedWord: String(word),
  }
  await RaffleReceipt.create({ raffleId: raffle.id, facts, createdAt: JANUARY })
  return raffle
}
