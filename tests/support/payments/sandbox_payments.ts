import app from '@adonisjs/core/services/app'
import { HttpTelegramGateway } from '#notifications/telegram/http_gateway'
import { ProcessWebhookEvent } from '#payments/actions/process_webhook_event'
import WebhookEvent from '#payments/models/webhook_event'
import { DEFAULT_ASSET_CODES } from '#payments/providers/asset_codes'
import { balance } from '#payments/providers/balance'
import { CryptoPay } from '#payments/providers/crypto_pay'
import { Heleket } from '#payments/providers/heleket'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { TelegramStars } from '#payments/providers/telegram_stars'
import { SystemClock } from '#core/clock'
import { SandboxServer } from '#sandbox/server'

/** The room with its real clients, over HTTP to a sandbox of its own, whose webhooks come to this suite's server. */
export async function startSandboxPayments() {
  const product = `http://${process.env.HOST}:${process.env.PORT}`
  const sandbox = await SandboxServer.start({ productUrl: product, port: 0 })
  const { services } = sandbox
  const codes = async () => DEFAULT_ASSET_CODES
  const account = {
    merchant: services.HELEKET_MERCHANT,
    paymentKey: services.HELEKET_PAYMENT_KEY,
    payoutKey: services.HELEKET_PAYOUT_KEY,
    apiRoot: services.HELEKET_API_ROOT,
    callbackUrl: `${product}/webhook/heleket`,
  }
  const gateway = new HttpTelegramGateway(sandbox.token, sandbox.url)
  const configured = [
    new CryptoPay(services.CRYPTO_PAY_TOKEN, services.CRYPTO_PAY_API_ROOT, codes),
    new Heleket(account, codes),
    new TelegramStars(gateway),
    balance,
  ]
  const providers = new PaymentProviders(configured, new SystemClock(), { retryDelayMs: 1 })
  app.container.swap(PaymentProviders, () => providers)
  return {
    sandbox,
    providers,
    /** Looks into every webhook that has come so far. */
    async process() {
      const process = await app.container.make(ProcessWebhookEvent)
      const events = await WebhookEvent.query().whereNull('processed_at').orderBy('id')
      for (const { id } of events) await process.handle(id)
    },
    async stop() {
      app.container.restore(PaymentProviders)
      await sandbox.stop()
    },
  }
}
