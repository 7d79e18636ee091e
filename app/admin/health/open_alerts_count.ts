import app from '@adonisjs/core/services/app'
import { OpenAlertsQuery } from '#notifications/queries/open_alerts_query'

/** For the sidebar. */
export async function countOpenAlerts(): Promise<number> {
  const query = await app.container.make(OpenAlertsQuery)
  return query.count()
}
