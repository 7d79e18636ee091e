import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Settings } from '#core/contracts/settings'
import { DeliveryQueueQuery } from '#stars/queries/delivery_queue_query'
import { FragmentStatusQuery } from '#stars/queries/fragment_status_query'
import { fragmentMinimum, fulfilmentProvider } from '#stars/settings'

/** The way to Fragment: its session, the wallet that pays, and whether new orders take it. Shows no secret. */
@inject()
export default class FragmentController {
  constructor(
    private settings: Settings,
    private status: FragmentStatusQuery,
    private queue: DeliveryQueueQuery
  ) {}

  async show({ bouncer, view }: HttpContext) {
    await bouncer.authorize('permission', 'stars.view')
    return view.render('admin/stars/fragment', {
      ...(await this.status.run()),
      queue: await this.queue.run(),
      isOn: (await this.settings.get(fulfilmentProvider)) === 'fragment',
      minimum: await this.settings.get(fragmentMinimum),
    })
  }
}
