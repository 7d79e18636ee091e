import { once } from 'node:events'
import app from '@adonisjs/core/services/app'
import { Alerts, type AlertInput } from '#core/contracts/alerts'

/** Raises the same alert many times, starting together with the other processes. */
export default async function (alert: AlertInput, times: number) {
  const alerts = await app.container.make(Alerts)
  process.send!({ ready: true })
  await once(process, 'message')
  for (let i = 0; i < times; i++) await alerts.raise(alert)
}
