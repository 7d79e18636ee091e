import { IntegrationEventSchema } from '#database/schema'
import type { IntegrationEventName } from '#core/contracts/integration_events'

/** Something that programs are told of; its reference is the id under which they get it, however often. */
export default class IntegrationEvent extends IntegrationEventSchema {
  static table = 'integration_events'

  declare name: IntegrationEventName
  declare data: Record<string, unknown>
}
