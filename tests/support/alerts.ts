import app from '@adonisjs/core/services/app'
import { Clock } from '#core/clock'
import { AlertRecipients } from '#core/contracts/alert_recipients'
import type { AlertInput } from '#core/contracts/alerts'
import { Outbox } from '#core/contracts/outbox'
import { Settings } from '#core/contracts/settings'
import { TelegramGateway } from '#core/contracts/telegram_gateway'
import { AlertAudience } from '#notifications/alerts/alert_audience'
import { AlertDesk } from '#notifications/alerts/alert_desk'
import { AlertWebhook } from '#notifications/alerts/alert_webhook'
import { DirectAlert } from '#notifications/alerts/direct_alert'
import Notification from '#notifications/models/notification'
import { createAdmin } from '#tests/support/staff'

export const TROUBLE: AlertInput = {
  kind: 'component',
  severity: 'warning',
  fingerprint: 'component:queue',
  title: 'The queue is slow',
  details: { 'oldest job': '4 min' },
}

export class RecordingGateway extends TelegramGateway {
  readonly botId = 1
  readonly calls: Array<Record<string, unknown>> = []
  async call<T>(_method: string, payload: Record<string, unknown>) {
    this.calls.push(payload)
    return {} as T
  }
}

/** A desk of its own, with the direct way open to a gateway that records. */
export async function deskOn(
  clock: Clock,
  gateway = new RecordingGateway(),
  hasWebhook = false,
  outbox?: Outbox,
  Desk = AlertDesk
) {
  const resolver = app.container.createResolver()
  const audience = new AlertAudience(await resolver.make(AlertRecipients), await resolver.make(Settings))
  resolver.bindValue(Clock, clock)
  if (outbox) resolver.bindValue(Outbox, outbox)
  resolver.bindValue(AlertAudience, audience)
  resolver.bindValue(AlertWebhook, new AlertWebhook(hasWebhook))
  resolver.bindValue(DirectAlert, new DirectAlert(clock, async () => gateway, audience))
  return { desk: await resolver.make(Desk), audience }
}

export const linkedAdmin = async (telegramId: number) => {
  const admin = await createAdmin({ email: `admin${telegramId}@example.org` })
  await admin.merge({ telegramId }).save()
  return admin
}

/** What stands in the outbox to be told. */
export const told = () => Notification.query().orderBy('id')
