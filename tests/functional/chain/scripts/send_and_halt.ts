import app from '@adonisjs/core/services/app'
import { KeyVault } from '#chain/keys/key_vault'
import ChainTx from '#chain/models/chain_tx'
import ChainTxAttempt from '#chain/models/chain_tx_attempt'
import { OperationHandlers } from '#chain/operations/operation_handlers'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { ChainSender } from '#chain/sender/chain_sender'
import { TxBook } from '#chain/sender/tx_book'
import { TxOutcomes } from '#chain/sender/tx_outcomes'
import { TestHandler } from '#tests/support/chain/test_handler'

/** Tells the parent, and waits to be killed. */
function halt() {
  process.send!({ halted: true })
  return new Promise<never>(() => setInterval(() => {}, 60_000))
}

/**
 * Sends as a worker does and stops dead at one point of a step: `key:act` before its key is opened, `kept:act` within
 * the transaction that keeps it, `signed:act` after it, `send:act` and `sent:act` around the request, `mined:act` and
 * `noted:act` around what is written of its receipt.
 */
export default async function sendAndHalt(point: string) {
  const at = (name: string) => (name === point ? halt() : undefined)

  const { withKey } = KeyVault.prototype
  KeyVault.prototype.withKey = async function (wallet, use, work) {
    await at(`key:${use.step}`)
    const signed = await withKey.call(this, wallet, use, work)
    await at(`signed:${use.step}`)
    return signed as any
  }
  const { add } = TxBook.prototype
  TxBook.prototype.add = async function (...args) {
    const tx = await add.apply(this, args)
    await at(`kept:${tx.step}`)
    return tx
  }
  const { send } = ChainRpc.prototype
  ChainRpc.prototype.send = async function (raw) {
    const { txId } = await ChainTxAttempt.findByOrFail('raw', raw)
    const { step } = await ChainTx.findOrFail(txId)
    await at(`send:${step}`)
    const hash = await send.call(this, raw)
    await at(`sent:${step}`)
    return hash
  }
  const { mined } = TxOutcomes.prototype
  TxOutcomes.prototype.mined = async function (txId, place) {
    const { step } = await ChainTx.findOrFail(txId)
    await at(`mined:${step}`)
    await mined.call(this, txId, place)
    await at(`noted:${step}`)
  }

  const handlers = await app.container.make(OperationHandlers)
  handlers.register(new TestHandler('enter'))
  const sender = await app.container.make(ChainSender)
  await sender.run(new AbortController().signal)
}
