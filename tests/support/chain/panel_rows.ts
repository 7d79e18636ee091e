import { randomBytes } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import { newReference } from '#core/reference'
import { Chain, ChainOf, type ChainConfig } from '#chain/chain_config'
import ChainEvent from '#chain/models/chain_event'
import ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import ChainTxAttempt from '#chain/models/chain_tx_attempt'
import ChainWallet from '#chain/models/chain_wallet'
import type { EventName } from '#chain/values'
import type Customer from '#customers/models/customer'
import Raffle from '#raffles/models/raffle'

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
export function givenChain(config: Partial<ChainConfig> = {}) {
  app.container.swap(Chain, () => new ChainOf({ ...CONFIG, ...config }))
  return () => app.container.restore(Chain)
}

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
