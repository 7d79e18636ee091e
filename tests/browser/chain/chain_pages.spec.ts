import { test } from '@japa/runner'
import ChainReconciliation from '#chain/models/chain_reconciliation'
import RaffleWatch from '#raffles/models/raffle_watch'
import { givenCustomer } from '#tests/support/payments/given'
import {
  address,
  CONFIG,
  cursorRow,
  drawnRow,
  drawRow,
  entryRow,
  eventRow,
  givenChain,
  hash,
  operationRow,
  playerRow,
  raffleRow,
  scheduleRow,
  txRow,
  usdt,
  walletRow,
  withdrawalRow,
} from '#tests/support/chain/panel_rows'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'
import { assertAccessible, logIn, screenshot, visit } from '#tests/browser/support/index'

const HOUR = 3_600_000

/** Rounds, wallets and what they did: enough for every page to have something to say. */
async function givenHistory() {
  const now = Date.now()
  const customers = [await givenCustomer('Olena'), await givenCustomer('Petro'), await givenCustomer('Mykola')]
  const [olena, petro, mykola] = [
    await walletRow(customers[0], { address: '0x71C7656EC7ab88b098defB751B7401B5f6d89A3F' }),
    await walletRow(customers[1]),
    await walletRow(customers[2]),
  ]
  const treasury = await walletRow(null)
  const drawn = await drawnRow(56, [olena.address, petro.address, address()], {
    ...{ openedAt: now - 48 * HOUR, requestedAt: now - 25 * HOUR, finishedAt: now - 24 * HOUR },
    winnerCustomerId: customers[0].id,
  })
  const open = await raffleRow(57, {
    ...{ status: 'open', participants: 3, pool: usdt(30), openedAt: now - 24 * HOUR, openedBlock: 20_118_442 },
  })
  await playerRow(open, { playerKey: olena.addressKey, customerId: customers[0].id, createdAt: now - 2 * HOUR })
  await playerRow(open, { createdAt: now - HOUR })
  await playerRow(open, { playerKey: petro.addressKey, customerId: customers[1].id, status: 'seen', createdAt: now })
  await drawRow(open, { status: 'failed', reason: 'upkeep_not_needed', createdAt: now - HOUR, finishedAt: now })
  await scheduleRow({ scheduledAt: now + 5 * HOUR })

  const done = await operationRow(olena, { status: 'confirmed', createdAt: now - 2 * HOUR, finishedAt: now - HOUR })
  const mined = { blockNumber: 20_118_500, gasUsed: 21_000, gasPrice: '2000000000', minedAt: now - HOUR } as const
  const topup = { operationId: done.id, kind: 'gas_topup', step: 'topup', toKey: olena.addressKey } as const
  await txRow(treasury, { ...topup, ...mined, status: 'confirmed', value: '2500000000000000', settledAt: now - HOUR })
  const act = { operationId: done.id, amount: usdt(10), status: 'confirmed', settledAt: now - HOUR } as const
  const tx = await txRow(olena, { ...act, ...mined, gasUsed: 109_000, createdAt: now - 2 * HOUR })
  await entryRow(olena, { operationId: done.id, raffleId: open.id, status: 'confirmed', createdAt: now - 2 * HOUR })
  const stuck = await operationRow(petro, {
    ...{ status: 'needs_attention', reason: 'keeps_failing', detail: 'execution reverted: ERC20: transfer failed' },
    ...{ failures: 7, createdAt: now - HOUR, nextStepAt: now + HOUR },
  })
  await txRow(petro, { operationId: stuck.id, kind: 'approve', step: 'approve', createdAt: now - HOUR })
  await entryRow(petro, { operationId: stuck.id, createdAt: now - HOUR })
  await entryRow(mykola, { status: 'failed', reason: 'raffle_paused', source: 'api', createdAt: now - HOUR })
  await eventRow('Transfer', { toKey: olena.addressKey, fromKey: address(), amount: usdt(49.9), createdAt: now - HOUR })
  await eventRow('RaffleEnter', { toKey: olena.addressKey, txHash: tx.hash, createdAt: now - HOUR })
  await eventRow('Transfer', { toKey: mykola.addressKey, fromKey: address(), amount: usdt(5), status: 'orphaned' })
  const withdrawal = await withdrawalRow(mykola, { status: 'awaiting_approval', amount: usdt(500), createdAt: now })
  const sent = { status: 'done', txHash: hash(), finishedAt: now, createdAt: now - HOUR } as const
  await withdrawalRow(olena, { ...sent, amount: usdt(12.5) })
  await cursorRow({ blockNumber: 20_118_600, head: 20_118_603, confirmedBlock: 20_118_597, updatedAt: now })
  await RaffleWatch.create({
    ...{ chainId: CONFIG.chainId, contractKey: CONFIG.raffle, checkedAt: now },
    figures: {
      ...{ state: 'drawing', isPaused: false, entries: 3, isDue: false, pendingSince: now - HOUR, requestId: '78' },
      ...{ link: '3.2', isLinkLow: true, treasuryWei: '42000000000000000' },
      unclaimed: [{ reference: drawn.reference, round: 56, address: olena.address, amount: '30.00' }],
    },
  })
  const run = await ChainReconciliation.create({
    ...{ chainId: CONFIG.chainId, blockNumber: 20_118_597, wallets: 3, differences: 2, startedAt: now - 4000 },
    ...{ finishedAt: now - 1000 },
    lines: [
      { kind: 'wallet_balance', subject: olena.address, ours: '49.900000', chain: '50.000000' },
      { kind: 'operation', subject: stuck.reference, ours: 'needs_attention: keeps_failing', chain: '-' },
    ],
  })
  return { run, drawn, open, olena, stuck, done, tx, withdrawal, customer: customers[0] }
}

type History = Awaited<ReturnType<typeof givenHistory>>

test.group('Pages of the chain', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    return givenChain()
  })
  group.each.timeout(180_000)

  /** By section, each with what it shows. */
  const SECTIONS: Array<{ section: string; paths: (given: History) => Record<string, string> }> = [
    {
      section: 'raffles',
      paths: ({ open, drawn }) => ({
        raffles: '/admin/raffles',
        'raffle-open': `/admin/raffles/${open.reference}`,
        'raffle-drawn': `/admin/raffles/${drawn.reference}`,
        participants: `/admin/raffles/${open.reference}/players`,
        entries: '/admin/raffles/entries',
        schedules: '/admin/raffles/schedules',
        receipt: `/raffles/${drawn.reference}/receipt`,
      }),
    },
    {
      section: 'wallets and withdrawals',
      paths: ({ olena, withdrawal, customer }) => ({
        wallets: '/admin/wallets',
        wallet: `/admin/wallets/${olena.address}`,
        withdrawals: '/admin/withdrawals',
        withdrawal: `/admin/withdrawals/${withdrawal.reference}`,
        treasury: '/admin/chain/treasury',
        'dashboard-of-chain': '/admin',
        'customer-of-chain': `/admin/customers/${customer.id}`,
      }),
    },
    {
      section: 'chain',
      paths: ({ stuck, done, tx, run }) => ({
        'chain-health': '/admin/chain',
        operations: '/admin/chain/operations',
        'operation-stuck': `/admin/chain/operations/${stuck.reference}`,
        'operation-done': `/admin/chain/operations/${done.reference}`,
        transactions: '/admin/chain/transactions',
        transaction: `/admin/chain/transactions/${tx.hash}`,
        events: '/admin/chain/events',
        comparisons: '/admin/chain/reconciliations',
        comparison: `/admin/chain/reconciliations/${run.id}`,
      }),
    },
  ]

  test('every page of {section} is accessible')
    .with(SECTIONS)
    .run(async ({ browserContext }, { paths }) => {
      const given = await givenHistory()
      await logIn(browserContext, await createAdmin())
      const page = await browserContext.newPage()
      for (const [name, path] of Object.entries(paths(given))) {
        await visit(page, path)
        await screenshot(page, name)
        await assertAccessible(page)
      }
    })

  test('given no chain, every section says how to turn it on', async ({ browserContext }) => {
    givenChain()()
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    for (const path of ['raffles', 'wallets', 'withdrawals', 'chain', 'chain/treasury', 'chain/operations']) {
      await visit(page, `/admin/${path}`)
      await page.getByText('The chain is off.').waitFor()
    }
    await assertAccessible(page)
  })
})
