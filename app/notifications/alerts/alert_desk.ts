import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Clock } from '#core/clock'
import { Alerts, type AlertInput, type ResolveOptions } from '#core/contracts/alerts'
import { Outbox } from '#core/contracts/outbox'
import { Settings } from '#core/contracts/settings'
import { transaction, type Trx } from '#core/database/transaction'
import { AlertAudience } from '#notifications/alerts/alert_audience'
import { closeSpell, isOpen, recordOccurrence } from '#notifications/alerts/alert_journal'
import { alertParams } from '#notifications/alerts/alert_text'
import { AlertWebhook } from '#notifications/alerts/alert_webhook'
import { DirectAlert } from '#notifications/alerts/direct_alert'
import { throttleMinutes } from '#notifications/alerts/settings'

/** What the outbox and the direct way know of each other, so that a database that is late tells nobody again. */
interface Telling {
  isDirect: boolean
  /** The outbox left it to the direct way. */
  isLeft: boolean
}

@inject()
export class AlertDesk extends Alerts {
  /** How long a critical alert waits for the database before it goes straight out. */
  readonly patienceMs: number = 5000

  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly outbox: Outbox,
    private readonly audience: AlertAudience,
    private readonly webhook: AlertWebhook,
    private readonly direct: DirectAlert,
    private readonly logger: Logger
  ) {
    super()
  }

  async raise(alert: AlertInput) {
    const telling: Telling = { isDirect: false, isLeft: false }
    try {
      const raising = transaction((trx) => this.raiseIn(trx, alert, telling))
      await (alert.severity === 'critical' ? within(this.patienceMs, raising) : raising)
    } catch (error) {
      this.logger.error({ err: error, alert: alert.fingerprint }, `An alert could not be stored: ${alert.title}`)
      if (alert.severity === 'critical') await this.#sendDirectly(alert, telling)
    }
  }

  async raiseIn(trx: Trx, alert: AlertInput, telling?: Telling) {
    const throttleMs = (await this.settings.getIn(trx, throttleMinutes)) * 60_000
    const { id, mustTell } = await recordOccurrence(trx, alert, this.clock.now(), throttleMs)
    if (mustTell) await this.#tell(trx, id, 'raised', alert, telling)
  }

  async announceIn(trx: Trx, alert: AlertInput) {
    await this.webhook.announce(trx, { id: 0, news: 'raised', alert, at: this.clock.now() })
    const chats = await this.audience.chats(trx, alert.kind)
    await this.outbox.write(
      trx,
      chats.map((chat) => ({
        ...chat,
        type: 'ADMIN_ALERT',
        template: 'alert_raised',
        params: alertParams(alert),
        dedupeKey: `alert:${alert.fingerprint}:${chat.chatId}`,
      }))
    )
  }

  async resolve(fingerprint: string, { quietForMs = 0 }: ResolveOptions = {}) {
    try {
      const isOver = await transaction((trx) => this.#resolveIn(trx, fingerprint, quietForMs))
      if (isOver) this.direct.settle(fingerprint)
      return isOver
    } catch (error) {
      this.logger.error({ err: error, alert: fingerprint }, 'An alert could not be resolved')
      return false
    }
  }

  async #resolveIn(trx: Trx, fingerprint: string, quietForMs: number) {
    const closed = await closeSpell(trx, fingerprint, this.clock.now(), quietForMs)
    const told = closed?.wasTold ? { ...closed, fingerprint } : this.direct.told(fingerprint)
    if (told) await this.#tell(trx, closed?.id ?? 0, 'resolved', told)
    return closed !== null || !(await isOpen(trx, fingerprint))
  }

  async #tell(trx: Trx, id: number, news: 'raised' | 'resolved', alert: AlertInput, telling?: Telling) {
    await this.webhook.announce(trx, { id, news, alert, at: this.clock.now() })
    if (!telling) return this.#writeToChats(trx, news, alert)
    const savepoint = await trx.transaction()
    try {
      await this.#writeToChats(savepoint, news, alert)
    } catch (error) {
      await savepoint.rollback()
      throw error
    }
    telling.isLeft = telling.isDirect
    await (telling.isLeft ? savepoint.rollback() : savepoint.commit())
  }

  async #writeToChats(trx: Trx, news: 'raised' | 'resolved', alert: AlertInput) {
    const chats = await this.audience.chats(trx, alert.kind)
    await this.outbox.write(
      trx,
      chats.map((chat) => ({ ...chat, type: 'ADMIN_ALERT', template: `alert_${news}`, params: alertParams(alert) }))
    )
  }

  /** When it fails, a database that answers late tells after all. */
  async #sendDirectly(alert: AlertInput, telling: Telling) {
    telling.isDirect = true
    try {
      await this.direct.send(alert)
    } catch (error) {
      telling.isDirect = false
      this.logger.fatal({ err: error, alert: alert.fingerprint }, 'A critical alert could not be sent directly')
      if (telling.isLeft) await this.#tellAfterAll(alert)
    }
  }

  async #tellAfterAll(alert: AlertInput) {
    try {
      await transaction((trx) => this.#writeToChats(trx, 'raised', alert))
    } catch (error) {
      this.logger.fatal({ err: error, alert: alert.fingerprint }, 'A critical alert could not be told at all')
    }
  }
}

function within<T>(patienceMs: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('The database did not answer in time')), patienceMs)
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
