import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { RequestWithdrawal } from '#chain/actions/request_withdrawal'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { Money } from '#core/money/money'
import { bindChain } from '#tests/support/chain/bind_chain'
import { EvmWorld } from '#tests/support/chain/evm'
import { customerWithWallet } from '#tests/support/chain/wallets'
import { resetDatabase } from '#tests/support/database'
import { accepted } from '#tests/support/ledger'
import { createAdmin, loginAs } from '#tests/support/staff'

const OUTSIDE = '0x00000000000000000000000000000000000000A1'

let world: EvmWorld

async function largeWithdrawal() {
  const { customer, wallet } = await customerWithWallet()
  await world.mint(wallet.address, 500_000_000n)
  const request = await app.container.make(RequestWithdrawal)
  const amount = Money.of(500_000_000n, 'USDT')
  const input = { key: 'large', customerId: customer.id, to: OUTSIDE, amount, actor: SYSTEM_ACTOR }
  return { customer, wallet, withdrawal: accepted(await request.run(input)) }
}

/** Whose Telegram account is none of the customers'. */
async function linkedAdmin() {
  const admin = await createAdmin({ role: 'finance' })
  return admin.merge({ telegramId: 1 }).save()
}

test.group('Panel | a customer’s wish to withdraw', (group) => {
  group.setup(async () => {
    world = await EvmWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => resetDatabase())
  group.each.setup(() => bindChain(world.chainConfig()))

  test('any admin with the right sees whose it is, and decides alone', async ({ client, assert }) => {
    const { customer, withdrawal } = await largeWithdrawal()
    const path = `/admin/approvals/${withdrawal.approvalId}`
    const admin = await linkedAdmin()

    const list = await loginAs(client.get('/admin/approvals?status=pending'), admin)
    list.assertTextIncludes('Withdrawal of USDT')
    list.assertTextIncludes('a customer')
    const page = await loginAs(client.get(path), admin)
    page.assertTextIncludes(customer.displayName)
    page.assertTextIncludes(OUTSIDE)

    await loginAs(client.post(`${path}/approval`).redirects(0), admin)
    const approved = await ChainWithdrawal.findOrFail(withdrawal.id)
    assert.equal(approved.status, 'sending')
  })

  test('given USDT that is gone, when an admin agrees, then the page says why it can’t be', async ({
    client,
    assert,
  }) => {
    const { wallet, withdrawal } = await largeWithdrawal()
    const admin = await linkedAdmin()
    await world.transfer(wallet.address, OUTSIDE, 1_000_000n)
    const answer = await loginAs(client.post(`/admin/approvals/${withdrawal.approvalId}/approval`), admin)
    answer.assertTextIncludes('The wallet holds 499.000000 USDT, and 500.000000 are needed.')
    const waiting = await ChainWithdrawal.findOrFail(withdrawal.id)
    assert.equal(waiting.status, 'awaiting_approval')
  })

  test('given an admin whose Telegram account is not linked, then the page says how to link it', async ({
    client,
    assert,
  }) => {
    const { withdrawal } = await largeWithdrawal()
    const admin = await createAdmin({ role: 'finance' })
    const answer = await loginAs(client.post(`/admin/approvals/${withdrawal.approvalId}/approval`), admin)
    answer.assertTextIncludes('Link your Telegram account first')
    const waiting = await ChainWithdrawal.findOrFail(withdrawal.id)
    assert.equal(waiting.status, 'awaiting_approval')
  })

  test('support may look at requests and decide none of them', async ({ client, assert }) => {
    const { withdrawal } = await largeWithdrawal()
    const admin = await createAdmin({ role: 'support' })
    await loginAs(client.post(`/admin/approvals/${withdrawal.approvalId}/approval`).redirects(0), admin)
    const waiting = await ChainWithdrawal.findOrFail(withdrawal.id)
    assert.equal(waiting.status, 'awaiting_approval')
  })
})
