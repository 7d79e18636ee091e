import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Duties } from '#core/contracts/duties'
import { DutyRegistry } from '#core/registries/duty_registry'
import { WorkerRuntime } from '#notifications/worker/worker_runtime'
import { resetDatabase } from '#tests/support/database'

const NOTHING_ELSE = { jobs: false, sender: false, schedules: false }

test.group('Duties of a worker', (group) => {
  group.each.setup(() => resetDatabase())
  group.each.teardown(() => app.container.restore(Duties))

  const workerWith = async (name: string, run: (signal: AbortSignal) => Promise<void>) => {
    const duties = new DutyRegistry()
    duties.register({ name, run })
    app.container.swap(Duties, () => duties)
    return app.container.make(WorkerRuntime)
  }

  test('last until the worker stops', async ({ assert }) => {
    const begun = Promise.withResolvers<void>()
    let hasEnded = false
    const worker = await workerWith('test.lasting', async (signal) => {
      begun.resolve()
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      hasEnded = true
    })
    worker.start({ ...NOTHING_ELSE, duties: true })
    await begun.promise
    assert.isFalse(hasEnded)
    await worker.stop()
    assert.isTrue(hasEnded)
  })

  test('are begun anew when they fail', async ({ assert }) => {
    const again = Promise.withResolvers<void>()
    let times = 0
    const worker = await workerWith('test.failing', async () => {
      if (++times === 1) throw new Error('Not today')
      again.resolve()
    })
    worker.start({ ...NOTHING_ELSE, duties: true })
    await again.promise
    await worker.stop()
    assert.equal(times, 2)
  })

  test('are left alone by a worker that is told so', async ({ assert }) => {
    let times = 0
    const worker = await workerWith('test.left_alone', async () => void times++)
    worker.start({ ...NOTHING_ELSE, duties: false })
    await worker.stop()
    assert.equal(times, 0)
  })
})
