import app from '@adonisjs/core/services/app'
import { Settings, type SettingDefinition } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'

/** Changes a setting as another process of the product would. */
export default async function (definition: SettingDefinition<any>, value: unknown) {
  const settings = await app.container.make(Settings)
  await transaction((trx) => settings.set(trx, definition, value))
}
