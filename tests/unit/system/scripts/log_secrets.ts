import logger from '@adonisjs/core/services/logger'
import { withLogContext } from '#core/log_context'

/** Logs secrets in every way a careless line might. */
export default async function (token: string) {
  logger.level = 'info'
  const call = `https://api.telegram.org/bot${token}/sendMessage`
  withLogContext({ update_id: 77 }, () => {
    logger.error(
      { err: new Error(`request to ${call} failed`, { cause: new Error(`token ${token}`) }) },
      'A call failed'
    )
    logger.info({ headers: { authorization: 'Bearer abcdefghijklmnop', cookie: 'session=verysecret' } }, 'A request')
    logger.info({ admin: { email: 'a@example.org', password: 'hunter2-hunter2' } }, 'A login')
    logger.info(`connecting to postgres://kontora:s3cretpassword@db/kontora with ${process.env.APP_KEY}`)
    logger.info({ nested: { deep: { url: call } } }, 'Nested')
  })
}
