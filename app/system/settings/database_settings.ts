import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { rowsOf } from '#core/database/dialect'
import { parseJson } from '#core/database/columns'
import type { Trx } from '#core/database/transaction'
import { Settings, type SettingDefinition, type SettingValues } from '#core/contracts/settings'
import { findFault, InvalidSettingException } from '#system/settings/setting_value'

/** How long a change made by another process may stay unseen. */
const CHECK_EVERY_MS = 2000

interface Snapshot {
  version: number
  values: Map<string, unknown>
}

/**
 * Keeps all stored values in memory and looks at one global version row, at most every two seconds and only
 * when something is read. While the database does not answer, the last known values stay in force.
 */
@inject()
export class DatabaseSettings extends Settings {
  readonly #definitions = new Map<string, SettingDefinition<any>>()
  #snapshot?: Snapshot
  #checkedAt = Number.NEGATIVE_INFINITY
  #check?: Promise<void>

  constructor(private readonly clock: Clock) {
    super()
  }

  register(definitions: SettingDefinition<any>[]) {
    for (const definition of definitions) {
      const fault = findFault(definition, definition.default)
      if (fault) throw new InvalidSettingException(`The default of the setting ${definition.key} ${fault}`)
      this.#definitions.set(definition.key, definition)
    }
  }

  definitions() {
    return [...this.#definitions.values()]
  }

  async get<T>(definition: SettingDefinition<T>): Promise<T> {
    if (Math.abs(this.clock.now() - this.#checkedAt) >= CHECK_EVERY_MS) {
      this.#check ??= this.#refresh().finally(() => (this.#check = undefined))
      await this.#check
    }
    return admitted(definition, this.#snapshot?.values.get(definition.key))
  }

  async getIn<T>(trx: Trx, definition: SettingDefinition<T>): Promise<T> {
    const row = await trx.from('settings').where('key', definition.key).select('value').first()
    return admitted(definition, row && parseJson(row.value))
  }

  async getManyIn<const D extends readonly SettingDefinition<any>[]>(trx: Trx, definitions: D) {
    const keys = definitions.map(({ key }) => key)
    const rows = await trx.from('settings').whereIn('key', keys).select('key', 'value')
    const stored = new Map(rows.map((row) => [row.key, parseJson(row.value)]))
    return definitions.map((definition) => admitted(definition, stored.get(definition.key))) as SettingValues<D>
  }

  async set<T>(trx: Trx, definition: SettingDefinition<T>, value: T) {
    const fault = findFault(definition, value)
    if (fault) throw new InvalidSettingException(`${definition.key} ${fault}`)

    const version = await this.#bumpVersion(trx)
    await trx
      .knexQuery()
      .table('settings')
      .insert({ key: definition.key, value: JSON.stringify(value), version, updated_at: this.clock.now() })
      .onConflict('key')
      .merge()
    trx.after('commit', () => this.forget())
  }

  forget() {
    this.#snapshot = undefined
    this.#checkedAt = Number.NEGATIVE_INFINITY
  }

  async #refresh() {
    const checkedAt = this.clock.now()
    try {
      const { version } = await db.from('settings_versions').where('id', 1).select('version').firstOrFail()
      if (this.#snapshot?.version !== version) this.#snapshot = await this.#load(version)
    } catch (error) {
      if (!this.#snapshot) throw error
    }
    this.#checkedAt = checkedAt
  }

  async #load(version: number): Promise<Snapshot> {
    const rows = await db.from('settings').select('key', 'value')
    return { version, values: new Map(rows.map((row) => [row.key, parseJson(row.value)])) }
  }

  /** The one row that all writers update, so that their changes are ordered. */
  async #bumpVersion(trx: Trx): Promise<number> {
    const result = await trx.rawQuery(
      'UPDATE settings_versions SET version = version + 1 WHERE id = 1 RETURNING version'
    )
    return rowsOf<{ version: number }>(result)[0].version
  }
}

/** A stored value that a newer definition no longer admits counts as not stored. */
function admitted<T>(definition: SettingDefinition<T>, stored: unknown): T {
  return stored === undefined || findFault(definition, stored) ? definition.default : (stored as T)
}
