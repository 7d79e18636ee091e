import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import type { HttpContext } from '@adonisjs/core/http'
import { SecurityEvents } from '#core/contracts/security_events'
import { webhooksRefused } from '#system/metrics/app_metrics'
import { BotConfig } from '#bot/bot_config'
import { Inbox } from '#bot/inbox/inbox'
import { isUpdate } from '#bot/inbox/update_kind'
import { readBody } from '#core/read_body'
import { sameSecret } from '#core/same_secret'

const MAX_BYTES = 1024 * 1024

/** Telegram delivers here. Whoever is not Telegram learns nothing; 200 means that the update is stored. */
@inject()
export default class TelegramWebhookController {
  constructor(
    private config: BotConfig,
    private inbox: Inbox,
    private securityEvents: SecurityEvents,
    private logger: Logger
  ) {}

  async handle({ request, response }: HttpContext) {
    if (!this.config.webhookUrl) return response.notFound({ error: 'This bot takes no webhooks' })
    if (!sameSecret(request.header('x-telegram-bot-api-secret-token'), this.config.webhookSecret)) {
      webhooksRefused.inc({ provider: 'telegram', reason: 'forged' })
      await this.securityEvents.report({
        kind: 'webhook.forged',
        subject: 'telegram',
        ip: request.ip(),
        requestId: request.id(),
      })
      return response.unauthorized({ error: 'The secret token is missing or wrong' })
    }
    const body = await readBody(request.request, MAX_BYTES)
    if (!body) return this.#refuse(response, 413, 'too_large', 'The body exceeds 1 MB')
    const update = parse(body)
    if (!isUpdate(update)) return this.#refuse(response, 400, 'malformed', 'The body is not an update in JSON')

    await this.inbox.receive([update])
    return response.ok({ ok: true })
  }

  #refuse(response: HttpContext['response'], status: number, reason: string, error: string) {
    webhooksRefused.inc({ provider: 'telegram', reason })
    this.logger.warn({ reason }, 'A webhook of Telegram was refused')
    return response.status(status).send({ error })
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
}
