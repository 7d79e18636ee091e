import db from '@adonisjs/lucid/services/db'

/** How many of the bot's Star transactions have been looked through: all before it are in our books. */
export class StarCursor {
  readonly #name: string

  constructor(botId: number | null) {
    this.#name = `telegram_stars:${botId}`
  }

  async read(): Promise<number> {
    const row = await db.from('payment_cursors').where('name', this.#name).select('position').first()
    return row?.position ?? 0
  }

  /** Only ever forward. */
  async move(position: number) {
    await db.rawQuery(
      `INSERT INTO payment_cursors (name, position) VALUES (?, ?) ON CONFLICT (name) DO UPDATE
       SET position = excluded.position WHERE payment_cursors.position < excluded.position`,
      [this.#name, position]
    )
  }
}
