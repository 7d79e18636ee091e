import app from '@adonisjs/core/services/app'
import { ErrorReporter } from '#core/contracts/error_reporter'
import { withLogContext } from '#core/log_context'
import { redactError } from '#core/redaction'
import { jobSeconds } from '#system/metrics/app_metrics'

interface RunnableJob {
  readonly context: { jobId: string; name: string }
  execute(): Promise<void>
}

/**
 * Makes a job with its dependencies and watches over its execution: log lines carry its id, its time is measured, and
 * what it throws is counted and freed of secrets before the queue writes it into the job's row.
 */
export async function makeJob<T extends new (...args: any[]) => any>(jobClass: T): Promise<InstanceType<T>> {
  const job = (await app.container.make(jobClass)) as InstanceType<T> & RunnableJob
  const execute = job.execute.bind(job)
  job.execute = () => watched(job, execute)
  return job
}

function watched({ context }: RunnableJob, execute: () => Promise<void>) {
  return withLogContext({ job_id: context.jobId }, async () => {
    const end = jobSeconds.startTimer({ job: context.name })
    try {
      await execute()
      end({ outcome: 'completed' })
    } catch (error) {
      end({ outcome: 'failed' })
      const errors = await app.container.make(ErrorReporter)
      errors.count('system')
      throw redactError(error)
    }
  })
}
