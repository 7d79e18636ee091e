import app from '@adonisjs/core/services/app'
import type { Actor } from '#core/contracts/audit'
import type { IntegrationEventName } from '#core/contracts/integration_events'
import { ChangeWebhook } from '#staff/actions/change_webhook'
import { CreateApiKey } from '#staff/actions/create_api_key'
import { API_SCOPES, type ApiScope } from '#staff/api_keys/scopes'

export const OLENA: Actor = { type: 'operator', id: null, name: 'Olena' }

export const taken = <T>(result: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T => {
  if (!result.ok) throw new Error(`Refused: ${result.refusal.code}`)
  return result.value
}

/** A key as the panel makes it, with its token. */
export async function givenKey({ scopes = [...API_SCOPES] as ApiScope[], allowedIps = [] as string[] } = {}) {
  const create = await app.container.make(CreateApiKey)
  return taken(await create.handle({ name: 'Shop', scopes, allowedIps }, OLENA))
}

/** A key whose program is told of these events; with the secret that signs them. */
export async function givenListener(url: string, events: IntegrationEventName[] = ['raffle.entry_confirmed']) {
  const { key, token } = await givenKey()
  const change = await app.container.make(ChangeWebhook)
  const changed = taken(await change.handle({ apiKeyId: key.id, url, events, actor: OLENA }))
  return { key: changed.key, token, secret: changed.secret! }
}
