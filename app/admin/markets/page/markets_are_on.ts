import app from '@adonisjs/core/services/app'
import { Settings } from '#core/contracts/settings'
import { marketsEnabled } from '#markets/settings'

/** Whether customers may bet at all. */
export async function marketsAreOn(): Promise<boolean> {
  const settings = await app.container.make(Settings)
  return settings.get(marketsEnabled)
}
