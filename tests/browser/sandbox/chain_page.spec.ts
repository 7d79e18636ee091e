import { test } from '@japa/runner'
import type { Page } from 'playwright'
import type { LocalChain } from '#sandbox/evm/local_chain'
import { SandboxServer } from '#sandbox/server'
import { assertAccessible, screenshot, visit } from '#tests/browser/support/index'

const ALICE = 100_001
const WALLET = '0x1dbe1f1b5f6bbf25c0a1a0b9b2ad1ce0c6d1b1ac'
const USDT = 1_000_000n

test.group('Sandbox | Chain page', (group) => {
  let sandbox: SandboxServer
  let chain: LocalChain

  group.each.setup(async () => {
    sandbox = await SandboxServer.start({ samples: true, evm: true, evmBlockMs: 0, evmVrfMs: 60_000 })
    chain = sandbox.evm.local
    return () => sandbox.stop()
  })

  const botSays = (text: string) =>
    fetch(`${sandbox.url}/bot${sandbox.token}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_id: ALICE, text }),
    })

  /** Until the page is there again. */
  const press = async (page: Page, name: string) => {
    const shown = page.waitForResponse(
      (one) => one.request().method() === 'GET' && one.url() === `${sandbox.url}/chain`
    )
    await page.getByRole('button', { name, exact: true }).click()
    await shown
  }

  test('a person sends test USDT to a wallet that the bot has shown, and looks it up', async ({
    browserContext,
    assert,
  }) => {
    const page = await browserContext.newPage()
    sandbox.start(ALICE)
    await botSays(`Your wallet: ${WALLET}`)
    await visit(page, `${sandbox.url}/chain`)
    await page.getByRole('button', { name: /Send 100 USDT to/ }).click()
    await page.getByRole('status').getByText('On its way').waitFor()
    await press(page, 'Mine')
    assert.equal(await chain.calls.read('usdt', 'balanceOf', [WALLET]), 100n * USDT)

    await page.getByRole('link', { name: new RegExp(WALLET, 'i') }).click()
    await page.getByText('+100.00 USDT').waitFor()
    await assertAccessible(page)
    await page.getByRole('link', { name: 'transaction' }).click()
    await page.getByText(/mint\(/).waitFor()
    await screenshot(page, 'sandbox-chain-transaction')
    await assertAccessible(page)
  }).timeout(120_000)

  test('what is set on the page holds on the chain', async ({ browserContext, assert }) => {
    const page = await browserContext.newPage()
    await visit(page, `${sandbox.url}/chain`)
    await press(page, 'Let a stranger enter')
    assert.equal(await chain.calls.read('raffle', 'getNumberOfPlayers'), 1n)
    await press(page, 'Pause entries')
    await chain.miner.mine(1)
    assert.isTrue(await chain.calls.read('raffle', 'paused'))
    await press(page, 'Pause it')
    await chain.miner.mine(1)
    assert.isTrue(await chain.calls.read('usdt', 'paused'))
    await press(page, 'Let it stay silent')
    assert.isTrue(chain.keeper.paused)
  }).timeout(120_000)

  test('the page with all it can show is accessible in each look', async ({ browserContext }) => {
    const page = await browserContext.newPage()
    sandbox.start(ALICE)
    await botSays(`Your wallet: ${WALLET}`)
    await visit(page, `${sandbox.url}/chain`)
    await press(page, 'Let a stranger enter')
    await chain.own('raffle', 'setInterval', [0])
    await chain.miner.mine(1)
    await chain.own('raffle', 'performUpkeep', ['0x'])
    await chain.miner.mine(1)
    await visit(page, `${sandbox.url}/chain`)
    await page.getByText(/Waiting for/).waitFor()
    await screenshot(page, 'sandbox-chain')
    await assertAccessible(page)
  }).timeout(120_000)

  test('without a chain it says so', async ({ browserContext }) => {
    const without = await SandboxServer.start()
    const page = await browserContext.newPage()
    await visit(page, `${without.url}/chain`)
    await page.getByRole('status').getByText('started without a chain').waitFor()
    await assertAccessible(page)
    await without.stop()
  }).timeout(120_000)
})
