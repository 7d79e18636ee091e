import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '#sandbox/faults'
import { SandboxServer } from '#sandbox/server'
import type { Bench } from '#tests/bench/support/bench'
import { build } from '#tests/bench/support/build'
import { openQuery } from '#tests/bench/support/query'
import { Installation } from '#tests/bench/chaos_money/processes'
import { Proof, paidOutside, readBooks } from '#tests/bench/chaos_money/proof'
import { beUnruly, calmDown, standInFront } from '#tests/bench/chaos_money/sandbox'
import { untilSettled } from '#tests/bench/chaos_money/settling'
import { Shopper, type Deed } from '#tests/bench/chaos_money/shopper'
import type { HandDone } from '#tests/bench/scripts/deliver_by_hand'
import type { ShopInput } from '#tests/bench/scripts/open_shop'
import { freePort } from '#tests/support/environment'
import { runAce, runScript, startScript } from '#tests/support/processes'
import { COOKIES, MNEMONIC } from '#tests/bench/chaos_money/credentials'

const SEED = Number(process.env.BENCH_SEED ?? Math.floor(Math.random() * 1_000_000))
const KILLS = Number(process.env.BENCH_KILLS ?? 20)
const CUSTOMERS = 20
const DEEDS_EACH = Number(process.env.BENCH_DEEDS ?? 10)
const FIRST_TON = 2000
const NANO = 1_000_000_000

/** Between two kills: now and then a process is killed before it has quite started. */
const PAUSE_MS = { least: 500, more: 4000 }
const WEB_SHARE = 0.4
const UNFINISHED_SHARE = 0.2
const LONGEST_REST_MS = 2000
const SETTLING_MS = 120_000

const SCRIPTS = new URL('scripts/', import.meta.url)

/**
 * Twenty customers of a shop top up and buy in all ways while its web process and its worker are killed again and
 * again and the payment providers' webhooks come twice, late, in disorder or never. In the end what our books say is
 * compared with what the servers outside have taken, given and sent. `BENCH_SEED` repeats the chance of a run.
 */
export default async function chaosMoney(bench: Bench) {
  bench.log(
    `${CUSTOMERS} customers, ${CUSTOMERS * DEEDS_EACH} purchases and top-ups, ${KILLS} kills, BENCH_SEED=${SEED} ...`
  )
  build()
  const startedAt = performance.now()
  const random = seededRandom(SEED)
  const port = await freePort()
  const sandbox = await SandboxServer.start({
    productUrl: `http://127.0.0.1:${port}`,
    seed: SEED,
    webhookRetryMs: 200,
    providerRetryMs: 300,
    providerHoldMs: 3000,
  })
  const { env } = await bench.database('postgres')
  const { query, close } = await openQuery(env)
  const environment = { ...env, ...standInFront(sandbox, port) }
  const installation = new Installation(environment)
  const stop = new AbortController()
  try {
    const shoppers = peopleOf(sandbox).map(
      (person) => new Shopper(sandbox, person, seededRandom(random() * 2 ** 32), stop.signal)
    )
    await runScript(new URL('open_shop.ts', SCRIPTS), [shop(shoppers)], { env: environment })
    await installation.start()
    const byHand = deliverByHand(environment)

    beUnruly(sandbox)
    const killing = killAgainAndAgain(bench, installation, random, stop.signal)
    await Promise.all([killing, ...shoppers.map((shopper) => shopper.shop(DEEDS_EACH, LONGEST_REST_MS))]).catch(
      (error) => {
        bench.log(installation.lastWords.join('\n'))
        throw error
      }
    )
    bench.log(`All is bought after ${seconds(startedAt)} s; settling ...`)
    calmDown(sandbox)
    const unsettled = await untilSettled({ sandbox, query, timeoutMs: SETTLING_MS })
    if (unsettled.length > 0) bench.log(installation.lastWords.join('\n'))

    const books = await readBooks(query)
    const proof = new Proof()
    const deeds = shoppers.flatMap((shopper) => shopper.deeds)
    const outside = paidOutside(sandbox)
    proof.payments(outside, books)
    proof.orders(
      deeds.filter((deed) => deed.kind === 'purchase'),
      books,
      byHand
    )
    const purchases = proof.fragment(sandbox, books)
    for (const { person, deeds: own } of shoppers) {
      const refunded = new Set(books.orders.filter(({ refunds }) => refunds > 0).map(({ reference }) => reference))
      proof.balance(person.first_name, expectedBalance(own, refunded), books.wallets.get(person.id) ?? 0)
    }
    const verified = await runAce(['ledger:verify'], { env: environment })

    bench.table(tableOf(deeds, books.orders))
    const webhooks = sandbox.webhooks.list()
    const { web, worker } = installation.kills
    bench.log(
      `kills: web ${web}, worker ${worker}; webhooks: ${webhooks.length}, of them disturbed ${webhooks.filter(({ fault }) => fault).length}, ` +
        `lost ${webhooks.filter(({ state }) => state === 'lost').length}; purchases at Fragment: ${purchases}`
    )
    const problems = [
      ...unsettled.map((line) => `not settled: ${line}`),
      ...proof.lost.map((line) => `lost: ${line}`),
      ...proof.doubled.map((line) => `doubled: ${line}`),
      ...(verified.exitCode === 0 ? [] : [`ledger:verify: ${verified.output}`]),
      ...(deeds.length === CUSTOMERS * DEEDS_EACH ? [] : [`only ${deeds.length} deeds were done`]),
      ...(web + worker >= KILLS ? [] : [`only ${web + worker} kills`]),
    ]
    bench.finish(
      {
        kills: web + worker,
        lost: proof.lost.length,
        doubled: proof.doubled.length,
        ledger_clean: verified.exitCode === 0 ? 1 : 0,
        unsettled: unsettled.length,
        deeds: deeds.length,
        paid_invoices: Object.values(outside).flat().length,
        refunds: books.orders.filter(({ refunds }) => refunds > 0).length,
        seed: SEED,
        seconds: seconds(startedAt),
      },
      problems
    )
  } finally {
    stop.abort()
    await installation.stop()
    await close()
    await sandbox.stop()
  }
}

const seconds = (startedAt: number) => Math.round((performance.now() - startedAt) / 1000)

const peopleOf = (sandbox: SandboxServer) =>
  Array.from({ length: CUSTOMERS }, (_, i) =>
    sandbox.customer({
      first_name: `Shopper ${i + 1}`,
      username: `shopper_${i + 1}_buys`,
      language_code: 'en',
      stars: 1_000_000,
    })
  )

const shop = (shoppers: Shopper[]): ShopInput => ({
  people: shoppers.map(({ person }) => ({ id: person.id, firstName: person.first_name, username: person.username! })),
  ton: FIRST_TON,
  cookies: COOKIES,
  mnemonic: MNEMONIC,
})

function deliverByHand(env: Record<string, string>): HandDone[] {
  const done: HandDone[] = []
  const { child } = startScript(new URL('deliver_by_hand.ts', SCRIPTS), [], { env })
  child.on('message', (message: HandDone | object) => 'outcome' in message && done.push(message))
  return done
}

async function killAgainAndAgain(bench: Bench, installation: Installation, random: () => number, signal: AbortSignal) {
  for (let i = 1; i <= KILLS; i++) {
    if (random() >= UNFINISHED_SHARE) await installation.untilUp()
    await sleep(PAUSE_MS.least + random() * PAUSE_MS.more, undefined, { signal })
    const role = random() < WEB_SHARE ? 'web' : 'worker'
    await installation.kill(role)
    bench.log(`kill ${i} of ${KILLS}: ${role}`)
  }
}

function expectedBalance(deeds: Deed[], refunded: Set<string>) {
  const change = (deed: Deed) => {
    if (deed.kind === 'top_up') return deed.ton
    const price = deed.way === 'From the balance' ? -deed.ton : 0
    return refunded.has(deed.order) ? price + deed.ton : price
  }
  return NANO * deeds.reduce((sum, deed) => sum + change(deed), FIRST_TON)
}

function tableOf(deeds: Deed[], orders: { reference: string; status: string; provider: string }[]) {
  const groups = [...new Set(deeds.map(({ kind, way }) => `${kind}|${way}`))].sort()
  return groups.map((group) => {
    const [kind, way] = group.split('|')
    const own = deeds.filter((deed) => deed.kind === kind && deed.way === way)
    const ends = own.flatMap((deed) =>
      deed.kind === 'purchase' ? orders.filter(({ reference }) => reference === deed.order) : []
    )
    const count = (status: string) => ends.filter((order) => order.status === status).length
    return {
      what: kind === 'top_up' ? 'top-up' : 'purchase',
      way,
      done: own.length,
      fulfilled: count('fulfilled'),
      refunded: count('refunded'),
    }
  })
}
