import type { KeyWrapper } from '#core/contracts/key_wrapper'
import type ApiKey from '#staff/models/api_key'

const purposeOf = (apiKeyId: number) => `staff.webhook_secret:${apiKeyId}`

export const wrapWebhookSecret = (keys: KeyWrapper, apiKeyId: number, secret: string) =>
  keys.wrap(secret, purposeOf(apiKeyId))

/** What its webhooks are signed with now: the one that was replaced as well, while the program may still check with it. */
export function webhookSecretsOf(keys: KeyWrapper, key: ApiKey, now: number): string[] {
  const { id, webhookSecret, previousWebhookSecret, previousSecretUntil } = key
  const secrets = [webhookSecret!]
  if (previousSecretUntil !== null && previousSecretUntil > now) secrets.push(previousWebhookSecret!)
  return secrets.map((secret) => keys.unwrap(secret, purposeOf(id)))
}

/** Of the address only the host: programs put tokens into the rest. */
export const auditedWebhook = ({ webhookUrl, webhookEvents }: ApiKey) => ({
  host: webhookUrl && new URL(webhookUrl).host,
  events: webhookEvents,
})
