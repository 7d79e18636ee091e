import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import ChainEvent from '#chain/models/chain_event'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { ChainUnavailable, WrongChain } from '#chain/rpc/rpc_errors'
import { custody } from '#ledger/accounts'
import { RAFFLE_ADDRESS, USDT_ADDRESS } from '#sandbox/evm/deployment'
import type { NewFault } from '#sandbox/faults'
import { SandboxServer } from '#sandbox/server'
import { bindChain } from '#tests/support/chain/bind_chain'
import { catchUp, newListener, newWallet } from '#tests/support/chain/listening'
import { resetDatabase } from '#tests/support/database'
import { balanceOf } from '#tests/support/ledger'

const CONFIRMATIONS = 3
const CYCLES = 3

/** The first choice errs alone, unless it says `both`. Those that strike a few times only are over by themselves. */
const FAULTS: Array<{ name: string; fault: NewFault; both?: boolean }> = [
  { name: 'no answer', fault: { kind: 'timeout', count: 2 } },
  { name: 'no answer from any', fault: { kind: 'timeout', count: 2 }, both: true },
  { name: 'status 429', fault: { kind: 'too_many_requests' } },
  { name: 'status 500 now and then', fault: { kind: 'server_error', probability: 0.5 }, both: true },
  { name: 'connections that are cut', fault: { kind: 'drop_before', count: 3 } },
  { name: 'web pages', fault: { kind: 'garbage' } },
  { name: 'a node of another chain', fault: { kind: 'wrong_chain' } },
  { name: 'a node that lags', fault: { kind: 'lagging', limit: 5 } },
  { name: 'logs left out', fault: { kind: 'partial_logs', count: 1 } },
  { name: 'ten blocks at once', fault: { kind: 'range_limit', limit: 10 }, both: true },
  { name: 'three results at once', fault: { kind: 'results_limit', limit: 3 }, both: true },
]

test.group('Listener: nodes of the sandbox that err', (group) => {
  let sandbox: SandboxServer

  group.setup(async () => {
    sandbox = await SandboxServer.start({ evm: true, evmBlockMs: 0, evmVrfMs: 0 })
    return () => sandbox.stop()
  })
  group.each.setup(() => resetDatabase())

  test('given {name}, then no deposit is lost or doubled')
    .with(FAULTS)
    .run(async ({ assert, cleanup }, { fault, both }) => {
      const config = {
        ...{ chainId: 31_337, rpcUrls: [`${sandbox.url}/evm`, `${sandbox.url}/evm-backup`] },
        ...{ usdt: USDT_ADDRESS, raffle: RAFFLE_ADDRESS, raffleAbi: null, explorerUrl: null },
        ...{ startBlock: 0, confirmations: CONFIRMATIONS, pollMs: 10 },
      }
      cleanup(bindChain(config))
      cleanup(await impatient())
      cleanup(() => sandbox.faults.clear())

      const { address, customerId } = await newWallet()
      const listener = await newListener()
      const chain = sandbox.evm.local
      const services = both ? (['evm', 'evm_backup'] as const) : (['evm'] as const)
      sandbox.faults.set(...services.map((service) => ({ ...fault, service })))
      let given = 0n
      for (let round = 1n; round <= CYCLES; round++) {
        for (const amount of [round, round * 10n]) {
          await chain.give(address, { usdt: amount, gas: 0n })
          given += amount
          await chain.miner.mine(1)
        }
        await chain.miner.mine(6)
        await listener.cycle().catch((error) => {
          if (!(error instanceof ChainUnavailable || error instanceof WrongChain)) throw error
        })
      }
      sandbox.faults.clear()
      /** Nodes that were left alone for a while are asked again by a process that has just started. */
      bindChain({ ...config })
      await catchUp(await newListener())

      const events = await ChainEvent.query().where('toKey', address.toLowerCase())
      assert.lengthOf(events, CYCLES * 2)
      assert.isTrue(events.every(({ status }) => status === 'confirmed'))
      assert.equal(await balanceOf(custody(customerId)), given)
    })
})

/** Handlers keep the one they were given at first, so it is not swapped. */
async function impatient() {
  const rpc = await app.container.make(ChainRpc)
  const options = rpc['options']
  Object.assign(options, { timeoutMs: 300 })
  return () => void Object.assign(options, { timeoutMs: undefined })
}
