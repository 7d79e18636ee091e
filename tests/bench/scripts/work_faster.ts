import app from '@adonisjs/core/services/app'
import { Settings } from '#core/contracts/settings'
import { Rates } from '#notifications/pace/rates'
import { WorkerRuntime } from '#notifications/worker/worker_runtime'

/** A raised pace with as little in flight as at the normal one. */
class RaisedRates extends Rates {
  constructor(
    settings: Settings,
    private readonly rate: number
  ) {
    super(settings)
  }

  async of() {
    return this.rate
  }

  async claimSize() {
    return 4
  }

  async inFlight() {
    return 10
  }
}

/** What `queue:work` runs, at a raised pace, until it is killed. */
export default async function workFaster(rate: number) {
  const settings = await app.container.make(Settings)
  app.container.swap(Rates, () => new RaisedRates(settings, rate))
  const runtime = await app.container.make(WorkerRuntime)
  runtime.start({ jobs: true, sender: true, schedules: true, duties: false })
  await new Promise(() => setInterval(() => {}, 60_000))
}
