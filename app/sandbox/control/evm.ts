import type { Params } from '#sandbox/api/params'
import { route, type ControlHandler } from '#sandbox/control/route'
import { ControlError } from '#sandbox/errors'
import { MOST_BLOCKS, usdtUnits, weiUnits, whole } from '#sandbox/evm/amounts'
import { findAddress, findTransaction } from '#sandbox/evm/lookup'
import { overviewOf } from '#sandbox/evm/overview'
import { shownAddresses } from '#sandbox/evm/shown_addresses'
import { letStrangerEnter } from '#sandbox/evm/strangers'

const DAY_MS = 86_400_000

const show: ControlHandler = async ({ world }) => {
  if (world.evm.problem) return { running: false, problem: world.evm.problem }
  const overview = await overviewOf(world.evm.local)
  return plain({ running: true, ...overview, shown: shownAddresses(world) })
}

/** `{"blockMs": 1000, "vrfMs": 3000, "vrfPaused": false}`, any of them. */
const change: ControlHandler = async ({ world, params }) => {
  const { local } = world.evm
  await local.change({
    blockMs: wholeOf(params, 'blockMs', DAY_MS),
    vrfMs: wholeOf(params, 'vrfMs', DAY_MS),
    ...(params.has('vrfPaused') && { vrfPaused: params.flag('vrfPaused') }),
  })
  return local.settings
}

/** `{"address", "usdt": "100", "gas": "0.1"}`; mined with the next block. */
const faucet: ControlHandler = async ({ world, params }) => ({
  hashes: await world.evm.local.give(params.text('address'), {
    usdt: usdtUnits(params.text('usdt')),
    gas: weiUnits(params.text('gas')),
  }),
})

const mine: ControlHandler = async ({ world, params }) => {
  const { local } = world.evm
  await local.miner.mine(wholeOf(params, 'blocks', MOST_BLOCKS) ?? 1)
  return { head: await local.head() }
}

/** `{"depth": 3, "again": true}`: whether what was in the blocks waits to be mined once more. */
const reorg: ControlHandler = async ({ world, params }) => {
  const { local } = world.evm
  await local.reorg(wholeOf(params, 'depth', MOST_BLOCKS) ?? 1, { again: params.flag('again') })
  return { head: await local.head() }
}

/** At once, whether the oracle is paused or not. */
const fulfil: ControlHandler = async ({ world, path }) => {
  const { keeper } = world.evm.local
  const request = keeper.pending.find(({ id }) => String(id) === path.id)
  if (!request) throw new ControlError(404, `No request ${path.id} waits for randomness.`)
  await keeper.fulfil(request)
  return plain(request)
}

/** Calls a contract as its owner: `{"contract": "usdt", "method": "pause", "args": []}`. */
const own: ControlHandler = async ({ world, params }) => {
  const contract = params.text('contract')
  if (contract !== 'usdt' && contract !== 'raffle' && contract !== 'vrf') {
    throw new ControlError(422, '"contract" is usdt, raffle or vrf.')
  }
  const { local } = world.evm
  const [method, args] = [params.text('method'), params.json('args', '"args" is a list') ?? []]
  if (!Array.isArray(args)) throw new ControlError(422, '"args" is a list.')
  if (!local.calls.has(contract, method)) throw new ControlError(422, `The contract has no "${method}".`)
  return { hash: await local.own(contract, method, args) }
}

const stranger: ControlHandler = async ({ world }) => ({ player: await letStrangerEnter(world.evm.local) })

const transaction: ControlHandler = async ({ world, path }) => plain(await findTransaction(world.evm.local, path.hash))

const address: ControlHandler = async ({ world, path }) => plain(await findAddress(world.evm.local, path.address))

const wholeOf = (params: Params, name: string, most: number) =>
  params.has(name) ? whole(params.text(name), most) : undefined

/** JSON has no large integers: they become decimal text. */
function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part)))
}

export const evmRoutes = [
  route('GET', '/sandbox/evm', show),
  route('PATCH', '/sandbox/evm', change),
  route('POST', '/sandbox/evm/faucet', faucet),
  route('POST', '/sandbox/evm/mine', mine),
  route('POST', '/sandbox/evm/reorg', reorg),
  route('POST', '/sandbox/evm/requests/:id/fulfil', fulfil),
  route('POST', '/sandbox/evm/own', own),
  route('POST', '/sandbox/evm/stranger', stranger),
  route('GET', '/sandbox/evm/transactions/:hash', transaction),
  route('GET', '/sandbox/evm/addresses/:address', address),
]
