import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#core/clock'

/** Where Telegram has been told to show the commands of admins, so that it can be told otherwise. */
export class AdminChats {
  constructor(
    readonly botId: number,
    private readonly clock: Clock
  ) {}

  async all(): Promise<number[]> {
    const rows = await this.#mine().select('chat_id')
    return rows.map(({ chat_id: chatId }) => chatId)
  }

  async add(chatId: number) {
    const row = { bot_id: this.botId, chat_id: chatId, published_at: this.clock.now() }
    await db.knexQuery().table('bot_admin_chats').insert(row).onConflict(['bot_id', 'chat_id']).merge()
  }

  async remove(chatId: number) {
    await this.#mine().where('chat_id', chatId).delete()
  }

  #mine() {
    return db.from('bot_admin_chats').where('bot_id', this.botId)
  }
}
