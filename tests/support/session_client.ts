import { randomUUID } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import { configProvider } from '@adonisjs/core'
import { ApiRequest } from '@japa/api-client'
import type { PluginFn } from '@japa/runner/types'
import type { SessionData, SessionStoreContract } from '@adonisjs/session/types'

const FLASH_KEY = '__flash__'

/** The store that the application itself uses. */
export async function sessionStore(): Promise<SessionStoreContract> {
  const config: any = await configProvider.resolve(app, app.config.get('session'))
  return config.stores[config.store](null, config)
}

/** Stands in for the package's session client, which knows the memory store only and does not wait for its writes. */
class StoredSessionClient {
  sessionId = randomUUID()
  flashKey = FLASH_KEY
  #values: SessionData = {}

  constructor(private store: SessionStoreContract) {}

  merge(values: SessionData) {
    Object.assign(this.#values, values)
    return this
  }

  flash(values: SessionData) {
    this.#values[FLASH_KEY] = { ...(this.#values[FLASH_KEY] as object), ...values }
    return this
  }

  async commit() {
    if (Object.keys(this.#values).length === 0) return
    const stored = await this.store.read(this.sessionId)
    await this.store.write(this.sessionId, { ...stored, ...this.#values })
  }

  /** Sessions outlive the request, so that a test can go on with one; `resetDatabase()` removes them. */
  async destroy() {}

  async load(sessionId?: string) {
    const { [FLASH_KEY]: flashMessages = {}, ...values } = (await this.store.read(sessionId ?? this.sessionId)) ?? {}
    return { values, flashMessages }
  }
}

/** Goes after `sessionApiClient`. */
export function storedSessions(): PluginFn {
  return async () => {
    const store = await sessionStore()
    ApiRequest.getter('sessionClient', () => new StoredSessionClient(store) as any, true)
  }
}
