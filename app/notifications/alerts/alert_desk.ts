import { setTimeout as sleep } from 'node:timers/promises'
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
import { Telling } from '#notifications/alerts/telling'

/** The database has not answered yet, which says nothing of what it will do. */
class Late extends Error {}

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
    const telling = new Telling()
    const raising = transaction((trx) => this.raiseIn(trx, alert, telling))
    try {
      await (alert.severity === 'critical' ? this.#inTime(raising, telling) : raising)
    } catch (error) {
      this.logger.error({ err: error, alert: alert.fingerprint }, `An alert could not be stored: ${alert.title}`)
      if (alert.severity === 'critical') await this.#sendDirectly(alert, telling, raising)
    }
  }

  /**
   * While a commit is under way nobody can know whether the outbox will tell: it gets the same time again. After that
   * a critical alert is rather told twice than not at all.
   */
  async #inTime(raising: Promise<void>, telling: Telling) {
    try {
      await this.#soon(raising)
    } catch (error) {
      const isCommitting = error instanceof Late && telling.keys.length > 0
      if (!isCommitting) throw error
      await this.#soon(raising)
    }
  }

  /** Ends when the database has had its time; the signal says that it needs no more. */
  protected async patience(signal: AbortSignal) {
    await sleep(this.patienceMs, undefined, { signal })
  }

  async #soon(raising: Promise<void>) {
    const answered = new AbortController()
    const late = this.patience(answered.signal).then(() => {
      throw new Late('The database did not answer in time')
    })
    await Promise.race([raising, late]).finally(() => answered.abort())
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
    telling.keys = []
    const savepoint = await trx.transaction()
    let keys: string[]
    try {
      keys = await this.#writeToChats(savepoint, news, alert, telling)
    } catch (error) {
      await savepoint.rollback()
      throw error
    }
    telling.isLeft = telling.isDirect
    if (!telling.isLeft) telling.keys = keys
    await (telling.isLeft ? savepoint.rollback() : savepoint.commit())
  }

  async #writeToChats(trx: Trx, news: 'raised' | 'resolved', alert: AlertInput, telling = new Telling()) {
    const chats = await this.audience.chats(trx, alert.kind)
    const message = { type: 'ADMIN_ALERT', template: `alert_${news}`, params: alertParams(alert) } as const
    const messages = chats.map((chat) => ({ ...chat, ...message, dedupeKey: telling.keyFor(chat) }))
    await this.outbox.write(trx, messages)
    return messages.map(({ dedupeKey }) => dedupeKey)
  }

  /** When it fails, a database that answers late tells after all. */
  async #sendDirectly(alert: AlertInput, telling: Telling, raising: Promise<void>) {
    telling.isDirect = true
    try {
      await this.direct.send(alert)
      this.#takeBackWhenLate(telling, raising)
    } catch (error) {
      telling.isDirect = false
      this.logger.fatal({ err: error, alert: alert.fingerprint }, 'A critical alert could not be sent directly')
      if (telling.isLeft) await this.#tellAfterAll(alert)
    }
  }

  #takeBackWhenLate(telling: Telling, raising: Promise<void>) {
    const tookBack = raising.then(
      () => telling.takeBack(),
      () => {}
    )
    tookBack.catch((error) => this.logger.error({ err: error }, 'An alert that was told directly is told again'))
  }

  async #tellAfterAll(alert: AlertInput) {
    try {
      await transaction((trx) => this.#writeToChats(trx, 'raised', alert))
    } catch (error) {
      this.logger.fatal({ err: error, alert: alert.fingerprint }, 'A critical alert could not be told at all')
    }
  }
}
