import type { AlertKind } from '#core/contracts/alerts'
import type { AlertRecipients } from '#core/contracts/alert_recipients'
import type { Settings } from '#core/contracts/settings'
import { transaction, type Trx } from '#core/database/transaction'
import { channelId, channelTopics } from '#notifications/alerts/settings'

export interface AlertChat {
  chatId: number
  threadId: number | null
}

interface Audience {
  admins: number[]
  channel: number
  topics: Record<string, number>
}

const NOBODY: Audience = { admins: [], channel: 0, topics: {} }

/** Chats that hear of alerts. The last known ones are kept for the time when the database does not answer. */
export class AlertAudience {
  #known = NOBODY

  constructor(
    private readonly recipients: AlertRecipients,
    private readonly settings: Settings
  ) {}

  async chats(trx: Trx, kind: AlertKind): Promise<AlertChat[]> {
    this.#known = {
      admins: await this.recipients.chatIds(trx),
      channel: await this.settings.getIn(trx, channelId),
      topics: await this.settings.getIn(trx, channelTopics),
    }
    return this.lastKnown(kind)
  }

  lastKnown(kind: AlertKind): AlertChat[] {
    const { admins, channel, topics } = this.#known
    const chats: AlertChat[] = admins.map((chatId) => ({ chatId, threadId: null }))
    return channel ? [...chats, { chatId: channel, threadId: topics[kind] ?? null }] : chats
  }

  /** Never throws: while the database is away, the last known ones stay. */
  async refresh() {
    await transaction((trx) => this.chats(trx, 'component')).catch(() => {})
  }
}
