import app from '@adonisjs/core/services/app'
import { Locator } from '@adonisjs/queue'
import { JobWorker } from '#notifications/worker/job_worker'
import CrashingJob from './crashing_job.js'

/** The job worker, which takes jobs of a dead one for stalled soon. */
export default async function workJobs() {
  const config = app.config.get<any>('queue')
  app.config.set('queue', {
    ...config,
    worker: { ...config.worker, idleDelay: '50ms', stalledInterval: '100ms', stalledThreshold: '300ms' },
  })
  Locator.register(CrashingJob.options.name, CrashingJob)
  const worker = await app.container.make(JobWorker)
  await worker.run(new AbortController().signal)
}
