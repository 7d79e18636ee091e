import { Described, type Method } from '#sandbox/api/method'
import type { Params } from '#sandbox/api/params'
import { ApiError, badRequest } from '#sandbox/errors'
import { setAllowedUpdates } from '#sandbox/methods/updates'
import type { World } from '#sandbox/world'

const PORTS = [80, 88, 443, 8443]
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

export const setWebhook: Method = ({ world, params }) => {
  const url = params.text('url')
  if (!url) return removeWebhook(world, params)

  const webhook = {
    url: checkedUrl(url),
    secretToken: checkedSecret(params.text('secret_token')),
    maxConnections: params.integer('max_connections', 40, 1, 100),
  }
  const isSame = JSON.stringify(world.webhook.current) === JSON.stringify(webhook)
  const drop = params.flag('drop_pending_updates')
  setAllowedUpdates(world, params)
  if (isSame && !drop) return new Described(true, 'Webhook is already set')

  world.polls.abort('terminated by setWebhook request')
  if (drop) world.updates.drop()
  world.webhook.set(webhook)
  return new Described(true, 'Webhook was set')
}

export const deleteWebhook: Method = ({ world, params }) => removeWebhook(world, params)

function removeWebhook(world: World, params: Params): Described {
  const was = world.webhook.current
  if (params.flag('drop_pending_updates')) world.updates.drop()
  world.webhook.remove()
  return new Described(true, was ? 'Webhook was deleted' : 'Webhook is already deleted')
}

export const getWebhookInfo: Method = ({ world }) => {
  const { current, lastFailure } = world.webhook
  return {
    url: current?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: world.updates.size,
    ...(current && { max_connections: current.maxConnections }),
    ...(current && lastFailure && { last_error_date: lastFailure.date, last_error_message: lastFailure.message }),
    ...(world.updates.allowed.length > 0 && { allowed_updates: world.updates.allowed }),
  }
}

/** Telegram's rules for addresses, save that this machine may be named over plain http and on any port. */
function checkedUrl(text: string): string {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(withScheme)) throw badRequest('invalid webhook URL specified')
  const url = new URL(withScheme)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw badRequest('invalid webhook URL specified')
  if (LOOPBACK.includes(url.hostname)) return text
  if (url.protocol !== 'https:') throw badWebhook('An HTTPS URL must be provided for webhook')
  if (url.port && !PORTS.includes(Number(url.port))) {
    throw badWebhook('Webhook can be set up only on ports 80, 88, 443 or 8443')
  }
  return withScheme
}

/** Telegram leaves the first letter of these as it is. */
function badWebhook(reason: string): ApiError {
  return new ApiError(400, `Bad Request: bad webhook: ${reason}`)
}

function checkedSecret(secret: string): string {
  if (Buffer.byteLength(secret) > 256) throw badRequest('secret token is too long')
  if (!/^[A-Za-z0-9_-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters')
  return secret
}
