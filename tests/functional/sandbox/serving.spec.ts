import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { Bot, InputFile } from 'grammy'
import { SandboxServer } from '#sandbox/server'
import { announcedUrl } from '#tests/support/sandbox/announced_url'
import { Control } from '#tests/support/sandbox/control'
import { BotApi, startSandbox } from '#tests/support/sandbox/bot_api'
import { CryptoPayClient } from '#tests/support/sandbox/crypto_pay'
import { FragmentVisitor } from '#tests/support/sandbox/fragment'
import { HeleketClient } from '#tests/support/sandbox/heleket'
import { blob, png } from '#tests/support/sandbox/images'
import { endProcess, runAce, startAce } from '#tests/support/processes'

test.group('Sandbox | With grammY', () => {
  test('the product talks to it as to Telegram: only the root differs', async ({ assert }) => {
    const { sandbox } = await startSandbox()
    const anna = sandbox.customer({ first_name: 'Anna' })
    const bot = new Bot(sandbox.token, { client: { apiRoot: sandbox.url } })
    bot.command('start', (ctx) =>
      ctx.replyWithPhoto(new InputFile(png(40, 20), 'a.png'), { caption: `Hi ${ctx.match}` })
    )
    const running = bot.start()

    sandbox.start(anna, 'ref_1')
    const { caption, photo } = await sandbox.waitForMessage(anna, { text: 'Hi' })

    assert.equal(caption, 'Hi ref_1')
    assert.equal(photo!.at(-1)!.width, 40)
    await bot.stop()
    await running
    await sandbox.stop()
  })

  test('a wait that is in vain says what was awaited', async ({ assert }) => {
    const { sandbox } = await startSandbox()
    sandbox.customer({ id: 7 })

    await assert.rejects(
      () => sandbox.waitForMessage(7, { text: 'menu', button: 'Buy', timeoutMs: 1 }),
      'Nothing came within 1 ms: a message in chat 7 with "menu" with a button "Buy"'
    )
    await sandbox.stop()
  })
})

test.group('Sandbox | Restarts', (group) => {
  let dataDir: string

  group.each.setup(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'kontora-sandbox-'))
    return () => rm(dataDir, { recursive: true })
  })

  test('with a data folder chats, files and pending updates go on', async ({ assert }) => {
    const first = await startSandbox({ dataDir, samples: true })
    await first.api.upload('sendPhoto', { chat_id: '100006', photo: blob(png(5, 5)) })
    const before = first.sandbox.customer({ id: 7, first_name: 'Anna' })
    const { body } = await first.api.upload('sendPhoto', { chat_id: '7', photo: blob(png(9, 5)), caption: 'kept' })
    await first.api.ok('setMyCommands', { commands: [{ command: 'a', description: 'b' }] })
    first.sandbox.say(7, 'unheard')
    await first.sandbox.stop()

    const second = await startSandbox({ dataDir, samples: true })
    const { photo } = body.result
    assert.deepEqual(
      second.sandbox.messages(7).map(({ text, caption }) => text ?? caption),
      ['kept', 'unheard']
    )
    assert.equal(second.sandbox.world.customers.find(7)!.first_name, before.first_name)
    assert.lengthOf(await second.api.ok('getMyCommands'), 1)
    const again = await second.api.ok('sendPhoto', { chat_id: 7, photo: photo[0].file_id })
    assert.equal(again.message_id, 3)
    const [update] = await second.api.ok('getUpdates')
    assert.equal(update.message.text, 'unheard')
    await second.sandbox.stop()
  })

  test('with a data folder invoices, Stars, purchases and coins go on', async ({ assert }) => {
    const { sandbox: first } = await startSandbox({ dataDir })
    first.customer({ id: 7, username: 'anna_k', stars: 20 })
    const invoice = await new CryptoPayClient(first).ok('createInvoice', { asset: 'TON', amount: '2' })
    const payment = await new HeleketClient(first).create()
    first.heleket.pay(payment.uuid, { amount: '1' })
    const { request } = await new FragmentVisitor(first).order('anna_k')
    await first.ton.setBalance(`0:${'ab'.repeat(32)}`, '0.5')
    await first.stop()

    const { sandbox } = await startSandbox({ dataDir })
    sandbox.cryptoPay.pay(invoice.invoice_id)
    sandbox.heleket.pay(payment.uuid)
    const { balance } = await sandbox.ton.account(`0:${'ab'.repeat(32)}`)
    assert.equal(sandbox.heleket.payment(payment.uuid).status, 'paid')
    assert.equal(sandbox.fragment.find(request.req_id)?.state, 'linked')
    assert.equal(balance, 500_000_000n)
    assert.equal(sandbox.stars(7), 20)
    await sandbox.stop()
  })

  test('a folder with something else in it is an error and is left alone', async ({ assert }) => {
    await writeFile(join(dataDir, 'sandbox.bin'), 'a diary')

    await assert.rejects(() => SandboxServer.start({ dataDir }), /is not what this sandbox has saved/)
  })
})

test.group('Sandbox | sandbox:serve', () => {
  const environment = { NODE_ENV: 'development', TELEGRAM_API_ROOT: '', TELEGRAM_BOT_TOKEN: '' }

  test('it serves a bot and ends at SIGTERM', async ({ assert }) => {
    const flags = ['--port=0', '--token=42:served', '--product-url=http://127.0.0.1:4000']
    const child = startAce(['sandbox:serve', ...flags], { env: environment })
    const url = await announcedUrl(child.stdout!)
    const me = await new BotApi(url, '42:served').ok('getMe')
    const page = await fetch(url)
    const { product, services } = await new Control(url).get('')

    assert.equal(me.id, 42)
    assert.equal(product, 'http://127.0.0.1:4000')
    assert.equal(services.HELEKET_API_ROOT, `${url}/heleket`)
    assert.equal(page.status, 200)
    assert.include(page.headers.get('content-security-policy'), "default-src 'none'")
    assert.include(await page.text(), 'Talk to the bot')
    assert.equal(await endProcess(child), 0)
  }).timeout(30_000)

  test('it refuses {title}')
    .with([
      { title: 'production', args: [], env: { NODE_ENV: 'production' }, reason: 'not for production' },
      { title: 'to be seen from outside', args: ['--host=0.0.0.0'], env: {}, reason: 'this machine only' },
      {
        title: 'when the product looks for Telegram elsewhere',
        args: [],
        env: { TELEGRAM_API_ROOT: 'https://api.telegram.org' },
        reason: 'TELEGRAM_API_ROOT points to https://api.telegram.org',
      },
    ])
    .run(async ({ assert }, { args, env, reason }) => {
      const { exitCode, output } = await runAce(['sandbox:serve', ...args], { env: { ...environment, ...env } })

      assert.equal(exitCode, 1)
      assert.include(output, reason)
    })
    .timeout(30_000)

  test('a port that is taken is told and not waited for', async ({ assert }) => {
    const { sandbox } = await startSandbox()
    const { exitCode, output } = await runAce(['sandbox:serve', `--port=${sandbox.port}`], { env: environment })

    assert.equal(exitCode, 1)
    assert.match(output, /can't listen on .*EADDRINUSE/)
    await sandbox.stop()
  }).timeout(30_000)
})
