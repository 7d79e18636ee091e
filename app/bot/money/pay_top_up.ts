import type { Money } from '#core/money/money'
import type { Refusal } from '#core/result'
import { CreateTopUp } from '#payments/actions/create_top_up'
import Invoice from '#payments/models/invoice'
import type { ProviderName } from '#payments/values'
import type { BotContext } from '#bot/context'
import { customerActor } from '#bot/customer_actor'
import { takePaymentTurn } from '#bot/money/payment_turn'
import { refusalText } from '#bot/money/refusal_text'
import { waysScreen } from '#bot/money/top_up_screens'

export interface TopUpChoice {
  way: ProviderName
  amount: Money
  /** The update that offered it. */
  key: number
}

/** The invoice of a top-up, made once however often it is asked for; null when the customer was told why there is none. */
export async function payTopUp(ctx: BotContext, { way, amount, key }: TopUpChoice): Promise<Invoice | null> {
  if (!(await takePaymentTurn(ctx))) return null
  const idempotencyKey = `top_up:${ctx.customer.id}:${ctx.me.id}:${key}:${way}:${amount.minor}`
  const create = await ctx.make(CreateTopUp)
  const result = await create.handle({
    customerId: ctx.customer.id,
    amount,
    provider: way,
    key: idempotencyKey,
    description: ctx.label('bot_money.top_up_amount_plain', { amount }),
    actor: customerActor(ctx),
  })
  if (result.ok) return result.value
  const underway = isUnderway(result.refusal) ? await Invoice.findBy('idempotencyKey', idempotencyKey) : null
  if (underway) return underway
  await ctx.toast(refusalText(ctx, result.refusal), { alert: true })
  await ctx.show(await waysScreen(ctx, amount))
  return null
}

/** The provider has not answered yet: it is asked again by itself, and the message changes then. */
const isUnderway = ({ code }: Refusal) => code === 'invoice_in_preparation' || code === 'provider_unavailable'
