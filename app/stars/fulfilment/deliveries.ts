import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Clock } from '#core/clock'
import { ConcludeStep } from '#stars/actions/conclude_step'
import { StartFulfilment } from '#stars/actions/start_fulfilment'
import type { StepOutcome } from '#stars/fulfilment/delivery_provider'
import { DeliveryProviders } from '#stars/fulfilment/delivery_providers'
import StarFulfilment from '#stars/models/star_fulfilment'
import StarOrder from '#stars/models/star_order'
import { Leases } from '#system/leases/leases'

/** Renewed while a step lasts; after a crash somebody else goes on so much later. */
const LEASE_MS = 15_000

/** Carries orders on from wherever they stand, as far as it goes now. */
@inject()
export class Deliveries {
  constructor(
    private clock: Clock,
    private logger: Logger,
    private leases: Leases,
    private start: StartFulfilment,
    private conclude: ConcludeStep,
    private providers: DeliveryProviders
  ) {}

  /** Safe to call at any time, by anybody, any number of times. */
  async run(orderId: number) {
    await this.start.handle(orderId)
    const order = await StarOrder.find(orderId)
    if (order?.status !== 'fulfilling' || order.provider !== 'fragment') return
    await this.#alone(() => this.#goOn(order))
  }

  async #goOn({ id }: StarOrder) {
    for (;;) {
      const order = await StarOrder.find(id)
      const fulfilment = order?.status === 'fulfilling' ? await this.#due(id) : null
      if (!order || !fulfilment) return
      const outcome = await this.#step(order, fulfilment)
      if (outcome.kind === 'next') await this.conclude.clearAttention(order)
      else await this.conclude.handle(id, fulfilment, outcome)
    }
  }

  /** What nobody foresaw waits too, and is told to a person when it does not pass. */
  async #step(order: StarOrder, fulfilment: StarFulfilment): Promise<StepOutcome> {
    try {
      return await this.providers.of(fulfilment.provider).step(order, fulfilment)
    } catch (error) {
      this.logger.error({ err: error, order: order.reference, step: fulfilment.state }, 'A step of a delivery failed')
      const words = error instanceof Error ? error.message : String(error)
      return { kind: 'wait', forMs: 60_000, error: words }
    }
  }

  #due(orderId: number): Promise<StarFulfilment | null> {
    return StarFulfilment.query()
      .where('orderId', orderId)
      .whereNull('finishedAt')
      .where('provider', 'fragment')
      .where('nextStepAt', '<=', this.clock.now())
      .first()
  }

  /**
   * One process at a time buys on Fragment, whose wallet signs one message after the other. A process that stalls
   * longer than its lease does no harm: each step is written only upon the state that it began with.
   */
  async #alone(work: () => Promise<void>) {
    const lease = await this.leases.acquire('stars.fragment', LEASE_MS)
    if (!lease) return
    const renewal = setInterval(() => void this.leases.renew(lease, LEASE_MS).catch(() => {}), LEASE_MS / 3)
    try {
      await work()
    } finally {
      clearInterval(renewal)
      await this.leases.release(lease)
    }
  }
}
