import db from '@adonisjs/lucid/services/db'
import { isPostgres, rowsOf } from '#core/database/dialect'
import { VERSION } from '#system/version'

/** What runs here, for a bug report. */
export class VersionsQuery {
  async run() {
    return { kontora: VERSION, node: process.version.slice(1), database: await this.#database() }
  }

  async #database() {
    if (isPostgres()) {
      const [{ version }] = rowsOf<{ version: string }>(
        await db.rawQuery("SELECT current_setting('server_version') AS version")
      )
      return `PostgreSQL ${version.split(' ')[0]}`
    }
    const [{ version }] = rowsOf<{ version: string }>(await db.rawQuery('SELECT sqlite_version() AS version'))
    return `SQLite ${version}`
  }
}
