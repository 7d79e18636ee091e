import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { RequestWithdrawal } from '#chain/actions/request_withdrawal'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { Money } from '#core/money/money'
import RaffleSchedule from '#raffles/models/raffle_schedule'
import { ReadReceipts } from '#raffles/ticks/read_receipts'
import { FEE, RaffleWorld } from '#tests/support/chain/raffle_world'
import { accepted } from '#tests/support/ledger'
import { linkedAdmin } from '#tests/support/alerts'
import { createAdmin } from '#tests/support/staff'
import { assertAccessible, assertNoComplaints, logIn, screenshot, visit } from '#tests/browser/support/index'

test.group('The raffle and its chain in the panel', (group) => {
  let world: RaffleWorld
  group.setup(async () => {
    world = await RaffleWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => world.setup())
  group.each.timeout(120_000)

  test('an admin draws a round after reading what that does, sees the winner and opens the public receipt', async ({
    assert,
    browserContext,
  }) => {
    const olena = await world.customer(FEE, { firstName: 'Olena', lastName: null })
    await world.untilStatus(await world.entered(olena), 'confirmed')
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()

    await visit(page, '/admin/raffles')
    await page.getByRole('link', { name: 'Round 1', exact: true }).click()
    await page.getByRole('link', { name: 'Olena' }).first().waitFor()
    await page.getByRole('button', { name: 'Draw now' }).first().click()
    await page.getByText('5.00 USDT of 1 participant go to one of them.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Draw now' }).click()
    await page.getByText('The draw is under way.').waitFor()
    await page.getByText('Draw asked for by an admin').waitFor()

    await world.until(async () => {
      const { status } = await world.round(1)
      return status === 'drawing'
    })
    const { requestId } = await world.round(1)
    await world.evm.fulfil(BigInt(requestId!))
    await world.settle()
    await world.tick(ReadReceipts)
    await page.reload()
    await page.getByText('Olena won').waitFor()
    await screenshot(page, 'raffle-won')
    await page.getByRole('link', { name: 'Public receipt' }).click()
    await page.getByText('The draw is right.').waitFor()
    assert.notInclude(await page.content(), 'Olena')
    await screenshot(page, 'receipt-real')
    await assertAccessible(page)
  })

  test('an admin compares the books with the chain, and asks its nodes', async ({ browserContext }) => {
    const olena = await world.customer(FEE, { firstName: 'Olena', lastName: null })
    await world.untilStatus(await world.entered(olena), 'confirmed')
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()

    await visit(page, '/admin/chain/reconciliations')
    await page.getByRole('button', { name: 'Compare now' }).click()
    await page.getByText('Compared: books and chain agree.').waitFor()
    await assertAccessible(page)
    await visit(page, '/admin/chain')
    await page.getByRole('button', { name: 'Ask the nodes' }).click()
    await page.getByText('Every node was asked just now.').waitFor()
    await page.getByText('answers', { exact: true }).waitFor()
    await screenshot(page, 'chain-health-real')
    await page.getByRole('link', { name: 'Treasury', exact: true }).click()
    await page.getByRole('img', { name: `QR code of ${world.treasury.address}` }).waitFor()
    await screenshot(page, 'treasury-real')
    await assertAccessible(page)
  })

  test('an address is copied whole', async ({ assert, browserContext }) => {
    const olena = await world.customer()
    const { address } = await world.wallet(olena)
    await browserContext.grantPermissions(['clipboard-read', 'clipboard-write'])
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()

    await visit(page, '/admin/wallets')
    await page.getByRole('button', { name: /^Copy 0x/ }).click()
    await page.getByRole('status').getByText('Copied').waitFor({ state: 'attached' })
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address)
    await page.getByRole('link', { name: /^0x/ }).first().click()
    await page.getByRole('heading', { name: /^Wallet of/ }).waitFor()
    assertNoComplaints(page)
  })

  test('a large withdrawal is decided from its page', async ({ assert, browserContext }) => {
    const olena = await world.customer(500_000_000n, { firstName: 'Olena', lastName: null })
    await world.settle()
    const action = await app.container.make(RequestWithdrawal)
    const asked = await action.run({
      ...{ key: 'browser', customerId: olena.id, to: `0x${'7'.repeat(40)}`, actor: SYSTEM_ACTOR },
      amount: Money.of(400_000_000n, 'USDT'),
    })
    const { reference } = accepted(asked) as ChainWithdrawal
    await logIn(browserContext, await linkedAdmin(1))
    const page = await browserContext.newPage()

    await visit(page, '/admin/withdrawals?status=awaiting_approval')
    await page.getByRole('link', { name: reference }).click()
    await page.getByText('Waits for approval').first().waitFor()
    await screenshot(page, 'withdrawal-waits')
    await assertAccessible(page)
    await page.getByRole('link', { name: 'Decide' }).click()
    await page.getByRole('button', { name: 'Approve' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('status').first().waitFor()
    const withdrawal = await ChainWithdrawal.findByOrFail('reference', reference)
    assert.notEqual(withdrawal.status, 'awaiting_approval')
  })

  test('a draw is planned and given up without JavaScript, on a phone', async ({ assert, browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 380, height: 800 } })
    await logIn(context, await createAdmin())
    const page = await context.newPage()

    await visit(page, '/admin/raffles/schedules')
    await page.getByRole('button', { name: 'Plan it' }).click()
    await page.getByText('The draw is planned.').waitFor()
    await page.getByRole('button', { name: 'Cancel', exact: true }).first().click()
    await page.getByRole('button', { name: 'Cancel the draw' }).click()
    await page.getByText('The planned draw is cancelled.').waitFor()
    const schedule = await RaffleSchedule.firstOrFail()
    assert.equal(schedule.status, 'cancelled')
    await context.close()
  })
})
