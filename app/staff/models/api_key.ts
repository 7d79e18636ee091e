import { ApiKeySchema } from '#database/schema'
import type { IntegrationEventName } from '#core/contracts/integration_events'
import type { ApiScope } from '#staff/api_keys/scopes'

/** What a program that integrates with us shows. The token itself is nowhere: only its hash. */
export default class ApiKey extends ApiKeySchema {
  static table = 'api_keys'

  declare scopes: ApiScope[]
  declare allowedIps: string[]
  declare webhookEvents: IntegrationEventName[]

  get isRevoked() {
    return this.revokedAt !== null
  }

  may(scope: ApiScope) {
    return this.scopes.includes(scope)
  }

  /** Whether its webhook is told of such events. */
  wants(event: IntegrationEventName) {
    return !this.isRevoked && this.webhookUrl !== null && this.webhookEvents.includes(event)
  }
}
