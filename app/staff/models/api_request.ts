import { ApiRequestSchema } from '#database/schema'

/** A request under an `Idempotency-Key`, and how it was answered. */
export default class ApiRequest extends ApiRequestSchema {
  static table = 'api_requests'

  /** What actions that it causes are known by. */
  get actionKey() {
    return `api:${this.apiKeyId}:${this.id}`
  }
}
