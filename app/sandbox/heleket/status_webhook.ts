import { HELEKET_PAYMENT_KEY } from '#sandbox/heleket/keys'
import { phpJson } from '#sandbox/heleket/php_json'
import { heleketSign } from '#sandbox/heleket/signature'
import type { HeleketPayment } from '#sandbox/heleket/types'
import { webhookView } from '#sandbox/heleket/views'
import { formatDecimal } from '#sandbox/services/decimal'
import type { ServiceContext } from '#sandbox/services/service'
import type { NewWebhook } from '#sandbox/services/webhooks'

/** The webhook about a payment's new status. */
export function statusWebhook(context: ServiceContext, payment: HeleketPayment): NewWebhook {
  const told = webhookView(payment, context.rates)
  return heleketWebhook({
    event: payment.status,
    subject: payment.uuid,
    url: payment.urlCallback ?? `${context.productUrl}/webhook/heleket`,
    told,
    half: formatDecimal(payment.received / 2n, { min: 8, max: 8 }),
  })
}

interface Told extends Pick<NewWebhook, 'event' | 'subject' | 'url'> {
  told: Record<string, unknown>
  /** the amount that a webhook with the wrong one tells */
  half: string
}

/** Signed as PHP signs: over the JSON with escaped slashes and plain unicode, `sign` appended behind. */
export function heleketWebhook({ event, subject, url, told, half }: Told): NewWebhook {
  return {
    service: 'heleket',
    event,
    subject,
    url,
    compose: (variant) => {
      const fields = variant === 'wrong_amount' ? { ...told, amount: half, payment_amount: half } : told
      const unsigned = phpJson(fields, { unescapedUnicode: true })
      const key = variant === 'wrong_signature' ? 'the-key-of-somebody-else' : HELEKET_PAYMENT_KEY
      const body = phpJson({ ...fields, sign: heleketSign(unsigned, key) }, { unescapedUnicode: true })
      return { body, headers: {} }
    },
  }
}
