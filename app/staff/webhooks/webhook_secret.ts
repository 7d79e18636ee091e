import type { KeyWrapper } from '#core/contracts/key_wrapper'
import type ApiKey from '#staff/models/api_key'

const purposeOf = (apiKeyId: number) => `staff.webhook_secret:${apiKeyId}`

export const wrapWebhookSecret = (keys: KeyWrapper, apiKeyId: number, secret: string) =>
  keys.wrap(secret, purposeOf(apiKeyId))

export const unwrapWebhookSecret = (keys: KeyWrapper, { id, webhookSecret }: ApiKey) =>
  keys.unwrap(webhookSecret!, purposeOf(id))

/** Of the address only the host: programs put tokens into the rest. */
export const auditedWebhook = ({ webhookUrl, webhookEvents }: ApiKey) => ({
  host: webhookUrl && new URL(webhookUrl).host,
  events: webhookEvents,
})
