import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { WebhookDeliverySchema } from '#database/schema'
import ApiKey from '#staff/models/api_key'
import IntegrationEvent from '#staff/models/integration_event'
import type { DeliveryStatus } from '#staff/webhooks/values'

/** An event owed to the webhook of one key. */
export default class WebhookDelivery extends WebhookDeliverySchema {
  static table = 'webhook_deliveries'

  declare status: DeliveryStatus

  @belongsTo(() => ApiKey)
  declare apiKey: BelongsTo<typeof ApiKey>

  @belongsTo(() => IntegrationEvent, { foreignKey: 'eventId' })
  declare event: BelongsTo<typeof IntegrationEvent>
}
