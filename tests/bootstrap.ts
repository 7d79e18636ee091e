import { assert } from '@japa/assert'
import { browserClient } from '@japa/browser-client'
import { apiClient } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import type { Config } from '@japa/runner/types'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'
import testUtils from '@adonisjs/core/services/test_utils'
import { authApiClient } from '@adonisjs/auth/plugins/api_client'
import { sessionApiClient } from '@adonisjs/session/plugins/api_client'
import { shieldApiClient } from '@adonisjs/shield/plugins/api_client'
import { launchChromium } from '#tests/browser/support/chromium'
import { resetDatabase } from '#tests/support/database'
import { staffSessions } from '#tests/support/staff'
import { storedSessions } from '#tests/support/session_client'
import { makeSingletons } from '#tests/support/singletons'
import { useBuiltAssets } from '#tests/support/assets'
import { dropOwnPostgresDatabase } from '#tests/support/environment'

export const plugins: Config['plugins'] = [
  assert(),
  apiClient(`http://${process.env.HOST}:${process.env.PORT}`),
  pluginAdonisJS(app),
  sessionApiClient(app),
  storedSessions(),
  shieldApiClient(),
  authApiClient(app),
  staffSessions(),
  browserClient({ runInSuites: ['browser'], launcher: launchChromium }),
]

export const runnerHooks: Required<Pick<Config, 'setup' | 'teardown'>> = {
  setup: [
    async () => {
      const revert = await testUtils.db().migrate()
      /** Some ways down are closed while there is money. */
      return async () => {
        await resetDatabase()
        await revert()
      }
    },
  ],
  teardown: [
    () => {
      app.terminating(dropOwnPostgresDatabase)
    },
  ],
}

export const configureSuite: Config['configureSuite'] = (suite) => {
  suite.setup(() => makeSingletons())
  if (['functional', 'browser'].includes(suite.name)) {
    suite.setup(() => useBuiltAssets())
    suite.setup(() => testUtils.httpServer().start())
  }
}
