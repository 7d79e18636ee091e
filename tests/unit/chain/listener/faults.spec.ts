import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import fc from 'fast-check'
import { EventEffects } from '#chain/listener/event_effects'
import { MirrorTransfer } from '#chain/listener/effects/mirror_transfer'
import type { Listener } from '#chain/listener/listener'
import ChainEvent from '#chain/models/chain_event'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import { custody, system } from '#ledger/accounts'
import { bindChain, NOWHERE } from '#tests/support/chain/bind_chain'
import { FakeChain, type FakeFault, type FakeTransaction, type FakeTransfer } from '#tests/support/chain/fake_chain'
import { givenWallet } from '#tests/support/chain/given'
import { catchUp, newListener } from '#tests/support/chain/listening'
import { resetDatabase } from '#tests/support/database'
import { balanceOf, newCustomerId } from '#tests/support/ledger'

const CONFIRMATIONS = 4
const RAFFLE = NOWHERE.raffle.toLowerCase()
const OUTSIDE = '0x00000000000000000000000000000000000000f1'
const OTHERS = '0x00000000000000000000000000000000000000f2'

interface Step {
  what: 'mine' | 'reorg' | 'wallet' | 'fault' | 'limit' | 'cycle' | 'both' | 'restart'
  /** Means what the step needs. */
  number: number
  seed: number
}

const steps = fc.array(
  fc.record({
    what: fc.constantFrom(
      'mine',
      'mine',
      'reorg',
      'wallet',
      'fault',
      'fault',
      'limit',
      'cycle',
      'cycle',
      'both',
      'restart'
    ),
    number: fc.integer({ min: 0, max: 9 }),
    seed: fc.integer({ min: 0, max: 1_000_000 }),
  }) as fc.Arbitrary<Step>,
  { minLength: 15, maxLength: 30 }
)

/** Drives a chain and listeners through what happens to them, and knows what must come of it. */
class Story {
  readonly chain = new FakeChain()
  readonly wallets: Array<{ key: string; customerId: number }> = []
  readonly shown: string[] = []
  readonly taken: string[] = []
  #one!: Listener
  #other!: Listener

  async begin() {
    const effects = new EventEffects()
    const mirror = await app.container.make(MirrorTransfer)
    effects.register(mirror)
    for (const name of ['Transfer', 'RaffleEnter'] as const) {
      effects.register({
        name,
        seen: async (_trx, event) => void this.shown.push(placeOf(event)),
        orphaned: async (_trx, event) => void this.shown.splice(this.shown.indexOf(placeOf(event)), 1),
        confirmed: async (_trx, { txHash, ordinal }) => void this.taken.push(`${txHash}:${ordinal}`),
      })
    }
    app.container.swap(EventEffects, () => effects)
    await this.#restart()
  }

  async run({ what, number, seed }: Step) {
    if (what === 'mine') this.chain.mine(...this.#content(number, seed))
    if (what === 'reorg') this.#reorganise(number, seed)
    if (what === 'wallet') await this.#newWallet()
    if (what === 'fault') this.chain.faults.push(...faultsOf(number, seed))
    if (what === 'limit') this.chain.rangeLimit = number > 4 ? number : null
    if (what === 'cycle') await tolerant(this.#one.cycle())
    if (what === 'both') await Promise.all([tolerant(this.#one.cycle()), tolerant(this.#other.cycle())])
    if (what === 'restart') await this.#restart()
  }

  /** Everything works again, and all there is gets its confirmations. */
  async end() {
    this.chain.faults = []
    await tolerant(this.#one.cycle())
    this.chain.mineEmpty(CONFIRMATIONS)
    await catchUp(this.#one)
    await catchUp(this.#other)
  }

  /** Logs of the chain as it ended that concern us, as `transaction:ordinal`. */
  get expected() {
    const seen = new Map<string, number>()
    return this.chain.logsIn().flatMap(({ address, txHash, topics }) => {
      const isOurs = address === RAFFLE || topics.slice(1).some((topic) => this.#isOurs(`0x${topic.slice(26)}`))
      if (!isOurs) return []
      const ordinal = seen.get(txHash) ?? 0
      seen.set(txHash, ordinal + 1)
      return [`${txHash}:${ordinal}`]
    })
  }

  balances() {
    const held = new Map<string, bigint>()
    for (const { transfers } of this.chain.mined.flatMap(({ transactions }) => transactions)) {
      for (const { from, to, amount } of transfers) {
        held.set(from, (held.get(from) ?? 0n) - amount)
        held.set(to, (held.get(to) ?? 0n) + amount)
      }
    }
    return held
  }

  async #restart() {
    this.#one = await newListener()
    this.#other = await newListener()
  }

  async #newWallet() {
    const customerId = await newCustomerId()
    const { addressKey: key } = await givenWallet(customerId)
    this.wallets.push({ key, customerId })
    this.chain.mine([this.chain.transaction([{ from: OUTSIDE, to: key, amount: 5n }])])
  }

  #content(count: number, seed: number): FakeTransaction[][] {
    return Array.from({ length: (count % 3) + 1 }, (_block, block) =>
      Array.from({ length: (seed + block) % 3 }, (_tx, index) => this.#transaction(seed + 7 * block + 3 * index))
    )
  }

  /** Money comes before it goes, within one transaction: no order of blocks can make anything negative. */
  #transaction(seed: number) {
    const wallet = this.wallets[seed % Math.max(1, this.wallets.length)]?.key ?? OTHERS
    const amount = BigInt((seed % 5) + 1)
    const deposit: FakeTransfer = { from: OUTSIDE, to: wallet, amount }
    const noise: FakeTransfer = { from: OUTSIDE, to: OTHERS, amount }
    const kinds: FakeTransfer[][] = [
      [noise],
      [noise, deposit],
      [deposit, { from: wallet, to: OUTSIDE, amount }],
      [deposit, { ...deposit, amount: 0n }, { from: wallet, to: RAFFLE, amount }],
    ]
    const kind = seed % kinds.length
    return this.chain.transaction(kinds[kind], kind === 3 ? wallet : undefined)
  }

  #reorganise(number: number, seed: number) {
    const depth = Math.min((number % (CONFIRMATIONS - 1)) + 1, this.chain.top)
    const dropped = this.chain.drop(depth).filter((_, index) => (seed + index) % 4 !== 0)
    const blocks: FakeTransaction[][] = Array.from({ length: depth + (seed % 2) }, () => [])
    dropped.forEach((transaction, index) => blocks[(seed + index) % blocks.length].push(transaction))
    this.chain.mine(...blocks)
  }

  #isOurs(key: string) {
    return key === RAFFLE || this.wallets.some((wallet) => wallet.key === key)
  }
}

const placeOf = ({ blockHash, logIndex }: ChainEvent) => `${blockHash}:${logIndex}`

/** A node that leaves logs out does so once: nobody is safe from one that always lies. */
function faultsOf(number: number, seed: number): Array<FakeFault | null> {
  const kinds: FakeFault[] = ['unavailable', 'stale', 'unavailable', 'partial']
  return [...Array.from({ length: number % 4 }, () => null), kinds[seed % kinds.length]]
}

async function tolerant(cycle: Promise<unknown>) {
  await cycle.catch((error) => {
    if (!(error instanceof ChainUnavailable)) throw error
  })
}

test.group('Listener: nodes that err and blocks that are replaced', (group) => {
  group.each.setup(() => bindChain({ ...NOWHERE, startBlock: 0, confirmations: CONFIRMATIONS }))

  test('given faults and reorganisations in any order, then no event is lost, doubled or left over', async ({
    assert,
  }) => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        await resetDatabase()
        const story = new Story()
        const restore = story.chain.bind()
        await story.begin()
        for (const step of all) await story.run(step)
        await story.end()

        assert.deepEqual(story.taken.toSorted(), story.expected.toSorted())
        const rows = await ChainEvent.query().whereNot('status', 'orphaned').orderBy(['blockNumber', 'logIndex'])
        assert.deepEqual(
          rows.map(({ txHash, status, problem }) => [txHash, status, problem]),
          story.expected.map((place) => [place.slice(0, 66), 'confirmed', null])
        )
        assert.deepEqual(story.shown.toSorted(), rows.map(placeOf).toSorted())
        const held = story.balances()
        for (const { key, customerId } of story.wallets) {
          assert.equal(await balanceOf(custody(customerId)), held.get(key) ?? 0n)
        }
        assert.equal(await balanceOf(system('raffle', 'USDT')), held.get(RAFFLE) ?? 0n)
        app.container.restore(EventEffects)
        restore()
      }),
      { numRuns: Number(process.env.RUNS ?? 25) }
    )
  }).timeout(120_000)
})
