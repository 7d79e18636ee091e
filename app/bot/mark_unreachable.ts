import Customer from '#customers/models/customer'
import { MarkUnreachable } from '#customers/actions/mark_unreachable'
import type { BotDependencies } from '#bot/dependencies'

/** Telegram delivers nothing to this person any more; `reason` is its own description where there is one. */
export async function markUnreachable({ make }: Pick<BotDependencies, 'make'>, telegramId: number, reason: string) {
  const customer = await Customer.findBy('telegramId', telegramId)
  if (!customer) return
  const mark = await make(MarkUnreachable)
  await mark.handle({ customerId: customer.id, reason })
}
