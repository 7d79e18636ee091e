import { ControlError } from '#sandbox/errors'
import { MOST_BLOCKS, usdtUnits, weiUnits, whole } from '#sandbox/evm/amounts'
import { checkedAddress } from '#sandbox/evm/local_chain'
import { letStrangerEnter } from '#sandbox/evm/strangers'
import { form, type PageCall, type PageHandler } from '#sandbox/pages/route'

const MAX_FEE_USDT = 49

/** Does what the form says and shows the page again. */
const then =
  (work: (call: PageCall) => Promise<unknown>): PageHandler =>
  async (call) => {
    await work(call)
    return '/chain'
  }

const pace = then(({ world, params }) => world.evm.local.change({ blockMs: whole(params.text('blockMs'), 60_000) }))

const mine = then(({ world, params }) => world.evm.local.miner.mine(whole(params.text('blocks'), MOST_BLOCKS)))

const faucet: PageHandler = async ({ world, params }) => {
  const address = await checkedAddress(params.text('address'))
  await world.evm.local.give(address, { usdt: usdtUnits(params.text('usdt')), gas: weiUnits(params.text('gas')) })
  return `/chain?sent=${address}`
}

const stranger = then(({ world }) => letStrangerEnter(world.evm.local))

const pauseRaffle = then(({ world, params }) => world.evm.local.own('raffle', 'setPaused', [params.flag('paused')]))

const interval = then(({ world, params }) =>
  world.evm.local.own('raffle', 'setInterval', [whole(params.text('seconds'), 31_536_000)])
)

const pauseOracle = then(({ world, params }) => world.evm.local.change({ vrfPaused: params.flag('paused') }))

const delay = then(({ world, params }) => {
  const seconds = Number(params.text('seconds'))
  if (!(seconds >= 0)) throw new ControlError(422, `"${params.text('seconds')}" is no number of seconds.`)
  return world.evm.local.change({ vrfMs: seconds * 1000 })
})

const link = then(({ world, params }) => world.evm.local.setLink(weiUnits(params.text('link'))))

const fulfil = then(async ({ world, path }) => {
  const { keeper } = world.evm.local
  const request = keeper.pending.find(({ id }) => String(id) === path.id)
  if (request) await keeper.fulfil(request)
})

const reorg = then(({ world, params }) =>
  world.evm.local.reorg(whole(params.text('depth'), MOST_BLOCKS), { again: params.flag('again') })
)

const pauseUsdt = then(({ world, params }) => world.evm.local.own('usdt', params.flag('paused') ? 'pause' : 'unpause'))

const fee = then(({ world, params }) =>
  world.evm.local.own('usdt', 'setParams', [whole(params.text('basisPoints'), 19), MAX_FEE_USDT])
)

const blacklist = then(async ({ world, params }) => {
  const address = await checkedAddress(params.text('address'))
  await world.evm.local.own('usdt', params.flag('listed') ? 'addBlackList' : 'removeBlackList', [address])
})

export const chainFormRoutes = [
  form('/chain/pace', pace),
  form('/chain/mine', mine),
  form('/chain/faucet', faucet),
  form('/chain/stranger', stranger),
  form('/chain/raffle/paused', pauseRaffle),
  form('/chain/raffle/interval', interval),
  form('/chain/oracle/paused', pauseOracle),
  form('/chain/oracle/delay', delay),
  form('/chain/oracle/link', link),
  form('/chain/requests/:id/fulfil', fulfil),
  form('/chain/reorg', reorg),
  form('/chain/usdt/paused', pauseUsdt),
  form('/chain/usdt/fee', fee),
  form('/chain/usdt/blacklist', blacklist),
]
