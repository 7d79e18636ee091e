import type { Params } from '#sandbox/api/params'
import type { TonChain } from '#sandbox/ton/chain'
import { TonError } from '#sandbox/ton/ton_error'
import type { TonAccount, TonMessageRecord, TonTransactionRecord } from '#sandbox/ton/types'
import { walletData } from '#sandbox/ton/wallet_v5'

export interface TonCall {
  chain: TonChain
  params: Params
}

type Method = (call: TonCall) => unknown

const ZERO_HASH = Buffer.alloc(32).toString('base64')
const NO_METHOD = 11
const NO_STATE = -13
const MAX_TRANSACTIONS = 100

const getAddressInformation: Method = async ({ chain, params }) => {
  const account = await chain.account(params.text('address'))
  return {
    '@type': 'raw.fullAccountState',
    balance: String(account.balance),
    extra_currencies: [],
    code: account.wallet?.code ?? '',
    data: account.wallet ? await walletData(account) : '',
    last_transaction_id: lastTransaction(account),
    block_id: blockId(chain),
    frozen_hash: '',
    sync_utime: chain.context.clock.seconds(),
    state: account.wallet ? 'active' : 'uninitialized',
  }
}

const getWalletInformation: Method = async ({ chain, params }) => {
  const account = await chain.account(params.text('address'))
  const base = {
    wallet: account.wallet !== undefined,
    balance: String(account.balance),
    account_state: account.wallet ? 'active' : 'uninitialized',
    last_transaction_id: lastTransaction(account),
  }
  if (!account.wallet) return base
  return { ...base, wallet_type: 'wallet v5 r1', seqno: account.seqno, wallet_id: account.wallet.walletId }
}

const getAddressBalance: Method = async ({ chain, params }) => {
  const { balance } = await chain.account(params.text('address'))
  return String(balance)
}

const runGetMethod: Method = async ({ chain, params }) => {
  const account = await chain.account(params.text('address'))
  const stack = stackOf(account, params.text('method'))
  return {
    '@type': 'smc.runResult',
    gas_used: 549,
    stack: stack ?? [],
    exit_code: account.wallet ? (stack ? 0 : NO_METHOD) : NO_STATE,
    block_id: blockId(chain),
    last_transaction_id: lastTransaction(account),
  }
}

function stackOf({ wallet, seqno }: TonAccount, method: string): [string, string][] | undefined {
  if (!wallet) return undefined
  if (method === 'seqno') return [['num', `0x${seqno.toString(16)}`]]
  if (method === 'get_public_key') return [['num', `0x${wallet.publicKey}`]]
  if (method === 'get_subwallet_id') return [['num', `0x${wallet.walletId.toString(16)}`]]
  return undefined
}

const sendBoc: Method = async ({ chain, params }) => {
  await chain.send(params.text('boc'))
  return { '@type': 'ok' }
}

/** Newest first, from `lt` and `hash` on when they are given, down to `to_lt`. */
const getTransactions: Method = async ({ chain, params }) => {
  const { transactions } = await chain.account(params.text('address'))
  const lt = params.text('lt')
  const start = lt ? transactions.findIndex((transaction) => transaction.lt === lt) : 0
  if (start < 0)
    throw new TonError('LITE_SERVER_UNKNOWN: cannot locate transaction in block with specified logical time')
  const toLt = BigInt(params.text('to_lt') || 0)
  return transactions
    .slice(start, start + params.integer('limit', 10, 1, MAX_TRANSACTIONS))
    .filter((transaction) => BigInt(transaction.lt) > toLt)
    .map(transactionView)
}

const estimateFee: Method = () => ({
  '@type': 'query.fees',
  source_fees: { '@type': 'fees', in_fwd_fee: 400_000, storage_fee: 100, gas_fee: 2_500_000, fwd_fee: 400_000 },
  destination_fees: [],
})

const getMasterchainInfo: Method = ({ chain }) => ({
  '@type': 'blocks.masterchainInfo',
  last: blockId(chain),
  state_root_hash: ZERO_HASH,
  init: { ...blockId(chain), seqno: 0 },
})

function transactionView(transaction: TonTransactionRecord) {
  return {
    '@type': 'raw.transaction',
    utime: transaction.utime,
    data: transaction.data,
    transaction_id: { '@type': 'internal.transactionId', lt: transaction.lt, hash: transaction.hash },
    fee: String(transaction.fee),
    storage_fee: '0',
    other_fee: String(transaction.fee),
    in_msg: messageView(transaction.inMessage),
    out_msgs: transaction.outMessages.map(messageView),
  }
}

function messageView(message: TonMessageRecord) {
  return {
    '@type': 'raw.message',
    source: message.source,
    destination: message.destination,
    value: String(message.value),
    fwd_fee: '0',
    ihr_fee: '0',
    created_lt: message.createdLt,
    body_hash: message.bodyHash,
    msg_data: { '@type': 'msg.dataRaw', body: message.body, init_state: '' },
    message: '',
  }
}

function lastTransaction({ transactions: [last] }: TonAccount) {
  return { '@type': 'internal.transactionId', lt: last?.lt ?? '0', hash: last?.hash ?? ZERO_HASH }
}

function blockId(chain: TonChain) {
  return {
    '@type': 'ton.blockIdExt',
    workchain: -1,
    shard: '-9223372036854775808',
    seqno: chain.context.clock.seconds() - 1_600_000_000,
    root_hash: ZERO_HASH,
    file_hash: ZERO_HASH,
  }
}

export const TON_METHODS: Readonly<Record<string, Method>> = {
  getAddressInformation,
  getWalletInformation,
  getAddressBalance,
  runGetMethod,
  sendBoc,
  getTransactions,
  estimateFee,
  getMasterchainInfo,
}
