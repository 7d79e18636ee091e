import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { GrammyError } from 'grammy'
import { delayAfter } from '#bot/telegram/retry'
import { SandboxServer } from '#sandbox/server'
import { resetDatabase } from '#tests/support/database'
import { runBot, type RunningBotOptions } from '#tests/support/running_bot'

test.group('Bot: transports', (group) => {
  let sandbox: SandboxServer
  let running: Array<Awaited<ReturnType<typeof runBot>>> = []

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    sandbox = await SandboxServer.start({ conflictDelayMs: 50 })
    running = []
    return async () => {
      await Promise.all(running.map(({ runner }) => runner.stop()))
      await sandbox.stop()
    }
  })

  async function givenBot(options: Partial<RunningBotOptions> = {}) {
    const bot = await runBot({ token: sandbox.token, apiRoot: sandbox.url, sweepEveryMs: 50, ...options })
    running.push(bot)
    return bot
  }

  const calls = (method: string) => sandbox.journal.entries({ method })

  async function until(isTrue: () => boolean | Promise<boolean>) {
    while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 10))
  }

  async function assertAnswers(name: string) {
    const person = sandbox.customer({ first_name: name })
    sandbox.start(person)
    await sandbox.waitForMessage(person, { text: name, timeoutMs: 20_000 })
  }

  test('given several web processes, when they poll, then one does, and another takes over from it', async ({
    assert,
  }) => {
    const first = await givenBot()
    await assertAnswers('Anna')
    await givenBot()
    await givenBot()
    await until(() => calls('getMe').length === 3)
    await assertAnswers('Boris')
    assert.isEmpty(calls('getUpdates').filter(({ outcome }) => outcome === 409))

    await first.runner.stop()
    await assertAnswers('Chris')
    assert.isEmpty(calls('getUpdates').filter(({ outcome }) => outcome === 409))
  })

  test('given a webhook left behind, when polling starts, then it is removed first', async () => {
    sandbox.world.webhook.set({ url: 'http://127.0.0.1:9/', secretToken: 'x', maxConnections: 1 })
    await givenBot()
    await assertAnswers('Anna')
  })

  test('given a Telegram that drops connections and breaks, when it is back, then polling goes on', async () => {
    sandbox.faults.add({ kind: 'drop_before', methods: ['getMe'], count: 1 })
    sandbox.faults.add({ kind: 'server_error', methods: ['deleteWebhook', 'setMyCommands'], count: 2 })
    sandbox.faults.add({ kind: 'drop_after', methods: ['getUpdates'], count: 1 })
    sandbox.faults.add({ kind: 'too_many_requests', retryAfter: 1, methods: ['getUpdates'], count: 1 })
    await givenBot()
    await assertAnswers('Anna')
  })

  test('given an answer that Telegram calls too early, when it may be sent, then it is, once', async ({ assert }) => {
    await givenBot()
    await assertAnswers('Anna')
    sandbox.faults.add({ kind: 'too_many_requests', retryAfter: 1, methods: ['sendMessage'], count: 1 })
    const boris = sandbox.customer({ first_name: 'Boris' })
    sandbox.start(boris)
    await sandbox.waitForMessage(boris, { text: 'Boris' })
    assert.lengthOf(sandbox.answers(boris), 1)
  })

  test('given a database that fails while updates arrive, when it is back, then Telegram delivers them again', async ({
    assert,
  }) => {
    const { inbox } = await givenBot()
    await assertAnswers('Anna')
    const receive = inbox.receive.bind(inbox)
    let failures = 0
    inbox.receive = async (updates) => {
      if (updates.length > 0 && failures++ === 0) throw new Error('The database is down')
      return receive(updates)
    }
    await assertAnswers('Boris')
    assert.isAbove(failures, 1)
  })

  test('given a token that Telegram does not know, when started, then it is silent, patient and stops at once', async ({
    assert,
  }) => {
    const asked: string[] = []
    const telegram = createServer((request, response) => {
      asked.push(request.url!.split('/').at(-1)!)
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ ok: false, error_code: 401, description: 'Unauthorized' }))
    })
    await new Promise<void>((resolve) => telegram.listen(0, '127.0.0.1', resolve))
    const { port } = telegram.address() as AddressInfo

    const { runner } = await givenBot({ token: '42:REVOKED', apiRoot: `http://127.0.0.1:${port}` })
    await until(() => asked.length > 0)
    await runner.stop()
    telegram.close()

    assert.deepEqual(asked, ['getMe'])
  })

  test('given {title}, when it failed {failures} times, then the next try is after {ms} ms')
    .with([
      { title: 'a wrong token', code: 401, failures: 0, ms: 60_000 },
      { title: 'a wrong token', code: 404, failures: 5, ms: 60_000 },
      { title: 'a 429', code: 429, retryAfter: 7, failures: 0, ms: 7000 },
      { title: 'a broken Telegram', code: 502, failures: 0, ms: 500 },
      { title: 'a broken Telegram', code: 502, failures: 3, ms: 4000 },
      { title: 'a broken Telegram', code: 502, failures: 50, ms: 30_000 },
    ])
    .run(({ assert }, { code, retryAfter, failures, ms }) => {
      const answer = { ok: false as const, error_code: code, description: 'x', parameters: { retry_after: retryAfter } }
      assert.equal(delayAfter(new GrammyError('x', answer, 'getMe', {}), failures), ms)
    })

  test('given work in hand, when the process is told to stop, then it finishes the answer first', async ({
    assert,
  }) => {
    const { runner } = await givenBot()
    await assertAnswers('Anna')
    sandbox.faults.add({ kind: 'slow', methods: ['sendMessage'], delayMs: 300, count: 1 })
    const boris = sandbox.customer({ first_name: 'Boris' })
    sandbox.start(boris)
    await sandbox.waitForMessage(boris, { text: 'Boris' })
    await runner.stop()
    assert.isNull(await db.from('bot_updates').whereNull('finished_at').first())
  })
})
