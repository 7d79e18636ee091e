import app from '@adonisjs/core/services/app'
import { SystemClock } from '#core/clock'
import { Money } from '#core/money/money'
import { system } from '#ledger/accounts'
import { CreateInvoice } from '#payments/actions/create_invoice'
import { ProcessWebhookEvent } from '#payments/actions/process_webhook_event'
import { SendRefund } from '#payments/actions/send_refund'
import { DEFAULT_ASSET_CODES } from '#payments/providers/asset_codes'
import { balance } from '#payments/providers/balance'
import { CryptoPay } from '#payments/providers/crypto_pay'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { PurposeHandlers } from '#payments/purposes'

export type Point =
  'before create' | 'after create' | 'after fetch' | 'while paid' | 'before transfer' | 'after transfer'

export interface StopInput {
  at: Point
  services: Record<string, string>
  /** What is begun: an invoice of this customer, the look into this webhook, this refund. */
  customerId?: number
  eventId?: number
  refundId?: number
}

/** Begins something, tells when it has come to the point, and goes no further: the parent kills it there. */
export default async function stopAt({ at, services, customerId, eventId, refundId }: StopInput) {
  const stop = async (point: Point) => {
    if (point !== at) return
    process.send!({ point })
    await new Promise(() => setInterval(() => {}, 1000))
  }
  const cryptoPay = new CryptoPay(
    services.CRYPTO_PAY_TOKEN,
    services.CRYPTO_PAY_API_ROOT,
    async () => DEFAULT_ASSET_CODES
  )
  const { create, fetch, refunds } = {
    create: cryptoPay.create.bind(cryptoPay),
    fetch: cryptoPay.fetch.bind(cryptoPay),
    refunds: cryptoPay.refunds,
  }
  Object.assign(cryptoPay, {
    async create(order: Parameters<typeof create>[0]) {
      await stop('before create')
      const created = await create(order)
      await stop('after create')
      return created
    },
    async fetch(id: string) {
      const word = await fetch(id)
      await stop('after fetch')
      return word
    },
    refunds: {
      ...refunds,
      async send(order: Parameters<typeof refunds.send>[0]) {
        await stop('before transfer')
        const sent = await refunds.send(order)
        await stop('after transfer')
        return sent
      },
    },
  })
  const providers = new PaymentProviders([cryptoPay, balance], new SystemClock(), { retryDelayMs: 1 })
  app.container.bindValue(PaymentProviders, providers)
  const purposes = await app.container.make(PurposeHandlers)
  purposes.register({
    purpose: 'test_order',
    destination: ({ currency }) => system('revenue', currency),
    paid: () => stop('while paid'),
  })
  if (customerId) await createOne(customerId)
  if (eventId) await app.container.make(ProcessWebhookEvent).then((action) => action.handle(eventId))
  if (refundId) await app.container.make(SendRefund).then((action) => action.handle(refundId))
}

async function createOne(customerId: number) {
  const create = await app.container.make(CreateInvoice)
  await create.handle({
    customerId,
    purpose: 'test_order',
    amount: Money.of(10_000_000_000n, 'TON'),
    provider: 'crypto_pay',
    key: 'once',
    description: 'An order',
    actor: { type: 'customer', id: customerId, name: 'Anna' },
  })
}
