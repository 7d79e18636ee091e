import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import type { ApiClient } from '@japa/api-client'
import { Reconcile } from '#chain/reconciliation/reconcile'
import ChainOperation from '#chain/models/chain_operation'
import AdminAlert from '#notifications/models/admin_alert'
import { custody, system } from '#ledger/accounts'
import { PayPrize } from '#raffles/actions/pay_prize'
import type Raffle from '#raffles/models/raffle'
import { Watch } from '#raffles/ticks/watch'
import type Admin from '#staff/models/admin'
import AuditEntry from '#staff/models/audit_entry'
import type Customer from '#customers/models/customer'
import Notification from '#notifications/models/notification'
import { linkedAdmin } from '#tests/support/alerts'
import { bindChain } from '#tests/support/chain/bind_chain'
import { ADMIN, FEE, RaffleWorld } from '#tests/support/chain/raffle_world'
import { accepted, balanceOf } from '#tests/support/ledger'
import { seen } from '#tests/support/seen'
import { createAdmin, loginAs } from '#tests/support/staff'

const STRANGER = '0x00000000000000000000000000000000000000A1'
const BUTTON = 'Pay the prize'

test.group('A prize that could not be paid', (group) => {
  let world: RaffleWorld
  let admin: Admin
  group.setup(async () => {
    world = await RaffleWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => world.setup())
  group.each.setup(async () => {
    admin = await createAdmin({ fullName: 'Olena' })
  })
  group.each.timeout(60_000)

  /** A round that the customer wins while USDT stands still. */
  async function won(customer: Customer): Promise<Raffle> {
    await world.untilStatus(await world.entered(customer), 'confirmed')
    const request = await world.evm.requestDraw()
    await world.evm.act(world.evm.owner, 'usdt', 'pause')
    await world.evm.fulfil(request)
    await world.settle()
    await world.tick(Watch)
    return world.round(1)
  }

  const unpause = () => world.evm.act(world.evm.owner, 'usdt', 'unpause')
  const page = async (client: ApiClient, { reference }: Raffle, reader = admin) => {
    const response = await loginAs(client.get(`/admin/raffles/${reference}`), reader)
    response.assertStatus(200)
    return seen(response.text())
  }
  const press = ({ reference }: Raffle, client: ApiClient) =>
    loginAs(client.post(`/admin/raffles/${reference}/claims`).redirects(0), admin)
  const pay = async ({ id: raffleId }: Raffle) => {
    const action = await world.make(PayPrize)
    return action.run({ raffleId, actor: ADMIN })
  }
  const openAlerts = async () => {
    const alerts = await AdminAlert.query().whereNull('resolvedAt').where('fingerprint', 'like', 'raffle:%')
    return alerts.map(({ fingerprint }) => fingerprint)
  }

  test('given USDT that stands still, when it moves again and an admin pays, then the winner has the prize and the books match the chain', async ({
    assert,
    client,
  }) => {
    const winner = await world.customer()
    const round = await won(winner)
    assert.include(await page(client, round), 'The contract could not pay the winner: 5')
    assert.deepEqual(await openAlerts(), ['raffle:unclaimed'])
    assert.notInclude(await page(client, round, await createAdmin({ role: 'support' })), BUTTON)
    const early = await press(round, client)
    early.assertFlashMessage(
      'error',
      'The contract still can’t pay this winner: USDT is paused, or refuses their address. Nothing was sent; try again once that is over.'
    )
    assert.isNull(await ChainOperation.findBy('kind', 'claim'))

    await unpause()
    assert.include(await page(client, round), BUTTON)
    const pressed = await press(round, client)
    pressed.assertFlashMessage('success', 'The prize is on its way to the winner.')
    const claim = await ChainOperation.findByOrFail('kind', 'claim')
    assert.containSubset(claim, { amount: FEE, toKey: round.winnerKey, walletId: world.treasury.id })
    const underWay = await page(client, round)
    assert.include(underWay, 'USDT are on their way to the winner')
    assert.include(underWay, claim.reference)
    assert.notInclude(underWay, BUTTON)
    const again = await press(round, client)
    again.assertFlashMessage('error', `This prize is being paid already: ${claim.reference}.`)

    await world.untilQuiet()
    await claim.refresh()
    assert.equal(claim.status, 'confirmed')
    const { address } = await world.wallet(winner)
    assert.equal(await world.evm.usdtOf(address), FEE)
    assert.equal(await balanceOf(custody(winner.id)), FEE)
    assert.equal(await balanceOf(system('raffle', 'USDT')), 0n)
    const told = await world.told(winner)
    assert.equal(told.at(-1), 'send raffle_news.paid')
    const paid = await page(client, round)
    assert.include(paid, 'The prize that had waited was paid')
    assert.notInclude(paid, BUTTON, 'also before the watchdog has looked again')
    assert.notInclude(paid, 'could not pay')
    await world.tick(Watch)
    assert.deepEqual(await openAlerts(), [])
    const reconcile = await world.make(Reconcile)
    assert.deepEqual(accepted(await reconcile.run()).lines, [])

    const audited = await AuditEntry.query().where('action', 'raffle_prize.claimed')
    assert.lengthOf(audited, 1)
    assert.containSubset(audited[0], {
      actorName: 'Olena',
      subjectType: 'raffle',
      after: { round: 1, winner: round.winnerKey, amount: '5.000000', operation: claim.reference },
    })
    const shown = await loginAs(client.get(`/admin/chain/operations/${claim.reference}`), admin)
    assert.include(shown.text(), `Payment of a prize ${claim.reference}`)
    assert.include(shown.text(), `/admin/raffles/${round.reference}`)
    const late = await press(round, client)
    late.assertFlashMessage('error', 'Nothing waits in the contract for this winner: the prize is paid.')
  })

  test('given two admins who press at once, then one payment is under way', async ({ assert }) => {
    const round = await won(await world.customer())
    await unpause()
    const answers = await Promise.all([pay(round), pay(round), pay(round)])
    const refusals = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal.code]))
    assert.deepEqual(refusals, ['claim_in_progress', 'claim_in_progress'])
    assert.lengthOf(await ChainOperation.query().where('kind', 'claim'), 1)
  })

  test('given USDT that stands still again, when the payment is sent, then it fails, admins hear why, and it can be paid later', async ({
    assert,
    client,
  }) => {
    const { telegramId } = await linkedAdmin(4_242)
    const round = await won(await world.customer())
    await unpause()
    const claim = accepted(await pay(round))
    await world.evm.act(world.evm.owner, 'usdt', 'pause')
    await world.untilQuiet()
    await claim.refresh()
    assert.containSubset(claim, { status: 'failed', reason: 'prize_refused' })
    const news = await Notification.query().where({ type: 'ADMIN_ALERT', chatId: telegramId })
    const titles = news.map(({ params }) => params!.title)
    assert.include(titles, 'The prize of round 1 could not be paid: prize refused')
    const text = await page(client, round)
    assert.include(text, 'USDT can’t be moved to the winner')
    assert.include(text, BUTTON)

    await unpause()
    const second = accepted(await pay(round))
    assert.notEqual(second.id, claim.id)
    await world.untilQuiet()
    await second.refresh()
    assert.equal(second.status, 'confirmed')
  })

  test('given somebody else who was first, then the payment ends without a transaction', async ({ assert }) => {
    const winner = await world.customer()
    const round = await won(winner)
    await unpause()
    const claim = accepted(await pay(round))
    await world.evm.act(STRANGER, 'raffle', 'claimPrize', [round.winnerKey])
    await world.untilQuiet()
    await claim.refresh()
    assert.containSubset(claim, { status: 'failed', reason: 'nothing_to_claim' })
    await world.settle()
    assert.equal(await balanceOf(custody(winner.id)), FEE)
  })

  test('given a contract that has no such function, then no button is shown and nothing is sent', async ({
    assert,
    client,
  }) => {
    const round = await won(await world.customer())
    const { abi } = JSON.parse(await readFile(app.makePath('resources/contracts/artifacts/Raffle.json'), 'utf8'))
    const raffleAbi = join(process.env.DATA_DIR!, 'without_claim.json')
    await writeFile(raffleAbi, JSON.stringify(abi.filter(({ name }: { name?: string }) => name !== 'claimPrize')))
    const unbind = bindChain(world.evm.chainConfig({ confirmations: 3, raffleAbi }))
    await unpause()
    const text = await page(client, round)
    assert.include(text, 'The contract can’t be asked to pay it: see with its owner.')
    assert.notInclude(text, BUTTON)
    const pressed = await press(round, client)
    assert.include(String(pressed.flashMessage('error')), 'claimPrize(winner)')
    assert.isNull(await ChainOperation.findBy('kind', 'claim'))
    unbind()
  })

  test('given a round of a contract that is no longer the configured one, then nothing is asked', async ({
    assert,
    client,
  }) => {
    const round = await won(await world.customer())
    await unpause()
    await round.merge({ contractKey: `0x${'b2'.repeat(20)}` }).save()
    assert.notInclude(await page(client, round), BUTTON)
    assert.containSubset(await pay(round), { ok: false, refusal: { code: 'prize_elsewhere' } })
  })
})
