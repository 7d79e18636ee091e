import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { SecurityEvents } from '#core/contracts/security_events'
import { readBody } from '#core/read_body'
import { webhooksRefused } from '#system/metrics/app_metrics'
import { ReceiveWebhook } from '#payments/actions/receive_webhook'
import { WebhookSenders } from '#payments/webhooks/webhook_senders'
import type { ProviderName } from '#payments/values'

const MAX_BYTES = 1024 * 1024

/** Payment providers deliver here. 200 means that it is stored; whoever can't sign learns nothing and changes nothing. */
@inject()
export default class PaymentWebhookController {
  constructor(
    private receive: ReceiveWebhook,
    private senders: WebhookSenders,
    private securityEvents: SecurityEvents
  ) {}

  cryptobot(ctx: HttpContext) {
    return this.#take('crypto_pay', ctx)
  }

  heleket(ctx: HttpContext) {
    return this.#take('heleket', ctx)
  }

  async #take(provider: ProviderName, ctx: HttpContext) {
    const { request, response } = ctx
    if (!this.senders.includes(provider, request.ip())) return this.#forged(provider, ctx, 'address')
    const body = await readBody(request.request, MAX_BYTES)
    if (!body) return this.#refuse(response, provider, 413, 'too_large', 'The body exceeds 1 MB')
    const header = (name: string) => request.header(name)
    const received = await this.receive.handle({ provider, body, header, ip: request.ip() })
    if (received.ok) return response.ok({ ok: true })
    if (received.refusal.code === 'webhook_forged') return this.#forged(provider, ctx, 'signature')
    return this.#refuse(response, provider, 404, 'off', 'This way of paying is not configured here')
  }

  async #forged(provider: ProviderName, { request, response }: HttpContext, what: 'address' | 'signature') {
    await this.securityEvents.report({
      kind: 'webhook.forged',
      subject: provider,
      ip: request.ip(),
      requestId: request.id(),
      details: { wrong: what },
    })
    return this.#refuse(response, provider, 401, 'forged', 'The signature is missing or wrong')
  }

  #refuse(response: HttpContext['response'], provider: ProviderName, status: number, reason: string, error: string) {
    webhooksRefused.inc({ provider, reason })
    return response.status(status).send({ error })
  }
}
