import { once } from 'node:events'
import { test } from '@japa/runner'
import { Job, Locator } from '@adonisjs/queue'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Alerts } from '#core/contracts/alerts'
import { enqueue } from '#core/database/enqueue'
import { transaction } from '#core/database/transaction'
import { JobWorker } from '#notifications/worker/job_worker'
import { jobSeconds } from '#system/metrics/app_metrics'
import { resetDatabase } from '#tests/support/database'
import { endProcess, killRemaining, startScript } from '#tests/support/processes'
import { RecordingAlerts } from '#tests/support/telegram/fakes'
import { eventually } from '#tests/support/telegram/sender_world'
import CrashingJob from './scripts/crashing_job.js'

let release = () => {}
let isRunning = false

class FailingJob extends Job<Record<string, never>> {
  static options = { name: 'tests.fail' }

  async execute() {
    throw new Error('no use')
  }
}

const TOKEN = '987654321:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'

class LeakingJob extends Job<Record<string, never>> {
  static options = { name: 'tests.leak' }

  async execute() {
    throw new Error(`GET https://api.telegram.org/bot${TOKEN}/getMe failed`)
  }
}

class SlowJob extends Job<Record<string, never>> {
  static options = { name: 'tests.slow' }

  async execute() {
    isRunning = true
    await new Promise<void>((resolve) => (release = resolve))
    isRunning = false
  }
}

test.group('Jobs', (group) => {
  const alerts = new RecordingAlerts()
  group.each.timeout(60_000)
  group.each.setup(async () => {
    await resetDatabase()
    alerts.raised.length = 0
    app.container.swap(Alerts, () => alerts)
    return () => {
      app.container.restore(Alerts)
      killRemaining()
    }
  })

  /** Runs jobs in this process; the answered function stops as a shutdown does. */
  async function work() {
    for (const job of [FailingJob, LeakingJob, SlowJob]) Locator.register(job.options.name, job)
    const stop = new AbortController()
    const worker = await app.container.make(JobWorker)
    const running = worker.run(stop.signal)
    return () => {
      stop.abort()
      return running
    }
  }

  const push = (job: any) => transaction((trx) => enqueue(trx, job, {}))

  test('given a job takes its process with it twice, then it is run a third time', async ({ assert }) => {
    await push(CrashingJob)
    const script = new URL('scripts/work_jobs.ts', import.meta.url)
    for (let crash = 0; crash < 2; crash++) {
      const { child } = startScript(script)
      const [, signal] = await once(child, 'exit')
      assert.equal(signal, 'SIGKILL')
      assert.lengthOf(await db.from('queue_jobs'), 1)
    }
    const { child } = startScript(script)
    await eventually(async () => !(await db.from('queue_jobs').first()))
    await endProcess(child, 'SIGKILL')

    assert.lengthOf(await db.from('settings').whereLike('key', 'run %'), 3)
  })

  test('given a failure that names a token, then the row that is kept does not', async ({ assert }) => {
    await push(LeakingJob)
    const stop = await work()
    await eventually(async () => Boolean(await db.from('queue_jobs').where('status', 'failed').first()))
    await stop()

    const row = await db.from('queue_jobs').firstOrFail()
    assert.equal(row.error, 'GET https://api.telegram.org/bot[redacted]/getMe failed')
    assert.notInclude(JSON.stringify([row, alerts.raised]), TOKEN)
    const { values } = await jobSeconds.get()
    assert.isDefined(values.find(({ labels }) => labels.job === 'tests.leak' && labels.outcome === 'failed'))
  })

  test('a job that failed for good is kept, and admins are told', async ({ assert }) => {
    await push(FailingJob)
    const end = await work()
    await eventually(async () => Boolean(await db.from('queue_jobs').where('status', 'failed').first()))
    await end()

    assert.equal(alerts.raised[0].fingerprint, 'job:tests.fail')
    const [job] = await db.from('queue_jobs')
    assert.equal(job.error, 'no use')
  })

  test('stopping waits for what runs and takes nothing more', async ({ assert }) => {
    await push(SlowJob)
    const end = await work()
    await eventually(() => isRunning)
    const ended = end()
    await push(FailingJob)
    setTimeout(() => release(), 700)
    await ended

    assert.isFalse(isRunning)
    const jobs = await db.from('queue_jobs')
    assert.deepEqual(
      jobs.map(({ status }) => status),
      ['pending']
    )
  })
})
