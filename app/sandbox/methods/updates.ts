import type { Method } from '#sandbox/api/method'
import type { Params } from '#sandbox/api/params'
import { ApiError, badRequest, conflict } from '#sandbox/errors'
import type { World } from '#sandbox/world'

const MAX_TIMEOUT_SECONDS = 50

export const getUpdates: Method = async ({ world, params, signal }) => {
  if (world.webhook.current) {
    throw conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
  }
  setAllowedUpdates(world, params)
  try {
    return await world.polls.poll({
      offset: params.integer('offset'),
      limit: params.integer('limit', 100, 1, 100),
      timeoutMs: 1000 * params.integer('timeout', 0, 0, MAX_TIMEOUT_SECONDS),
      signal: signal(),
    })
  } catch (error) {
    if (error instanceof ApiError && error.code === 409) await world.polls.delayConflict()
    throw error
  }
}

/** Types stay as they were when a call does not name them; an empty list means the default ones. */
export function setAllowedUpdates(world: World, params: Params): void {
  const types = params.json('allowed_updates', "Can't parse allowed_updates JSON object")
  if (types === undefined) return
  if (!Array.isArray(types) || types.some((type) => typeof type !== 'string')) {
    throw badRequest('Expected an Array of String')
  }
  world.updates.allowed = types
}
