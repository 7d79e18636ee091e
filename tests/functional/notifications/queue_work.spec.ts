import { once } from 'node:events'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { resetDatabase } from '#tests/support/database'
import { freePort } from '#tests/support/environment'
import { endProcess, killRemaining, startAce, startServer } from '#tests/support/processes'
import { countOf, insertRow, insertRows, valueOf } from '#tests/support/telegram/outbox_rows'
import { TelegramReceiver } from '#tests/support/telegram/receiver'
import { eventually } from '#tests/support/telegram/sender_world'

const leaseOf = (name: string) => db.from('leases').where('name', name).where('expires_at', '>', 0).first()

test.group('queue:work', (group) => {
  let receiver: TelegramReceiver
  group.each.timeout(90_000)
  group.each.setup(async () => {
    await resetDatabase()
    receiver = await new TelegramReceiver().start()
    return async () => {
      killRemaining()
      await receiver.stop()
    }
  })

  const environment = () => ({ env: { TELEGRAM_API_ROOT: receiver.url } })
  const startWorker = (...flags: string[]) => startAce(['queue:work', ...flags], environment())

  test('SIGTERM lets it finish what is in hand, and gives the leases back', async ({ assert }) => {
    const answered = Promise.withResolvers<undefined>()
    receiver.answer(() => answered.promise)
    await insertRows(40)
    const worker = startWorker()
    await eventually(() => receiver.calls.length >= 2)
    const exit = once(worker, 'exit')
    worker.kill('SIGTERM')
    setTimeout(() => answered.resolve(undefined), 500)
    const [exitCode] = await exit

    assert.equal(exitCode, 0)
    assert.equal(await countOf('SENT'), receiver.calls.length)
    assert.equal(await countOf('PENDING'), 40 - receiver.calls.length)
    assert.isEmpty(await db.from('notifications').where('status', 'PENDING').where('attempts', '>', 0))
    assert.isNull(await leaseOf('telegram-sender'))
    assert.isNull(await leaseOf('ticks'))
  })

  test('another one stands by and takes over from the dead', async ({ assert }) => {
    await insertRows(60)
    const workers = [startWorker(), startWorker()]
    await eventually(() => receiver.calls.length >= 5)
    const { holder } = await leaseOf('telegram-sender')
    const victim = workers.find(({ pid }) => holder.split(':').includes(String(pid)))!
    await endProcess(victim, 'SIGKILL')

    await eventually(async () => (await countOf('SENT')) === 60)

    const successor = await leaseOf('telegram-sender')
    assert.notEqual(successor.holder, holder)
    assert.isAbove(successor.fence, 1)
  })

  test('a part can be left to other processes', async ({ assert }) => {
    startWorker('--no-sender', '--no-jobs')
    await eventually(async () => Boolean(await leaseOf('ticks')))

    assert.isNull(await leaseOf('telegram-sender'))
  })

  test('a web process can be the worker too', async ({ assert }) => {
    const id = await insertRow()
    const env = { ...environment().env, EMBEDDED_WORKER: 'true', PORT: String(await freePort()) }
    const server = startServer(env)
    await eventually(async () => (await valueOf(id, 'status')) === 'SENT')

    assert.equal(await endProcess(server, 'SIGTERM'), 0)
    assert.isNull(await leaseOf('telegram-sender'))
  })

  test('and is none when it is told so', async ({ assert }) => {
    const port = await freePort()
    startServer({ ...environment().env, EMBEDDED_WORKER: 'false', PORT: String(port) })
    await eventually(() =>
      fetch(`http://127.0.0.1:${port}/health`).then(
        () => true,
        () => false
      )
    )

    assert.isNull(await leaseOf('ticks'))
  })
})
