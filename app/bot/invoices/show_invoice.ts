import { InlineKeyboard } from 'grammy'
import type { InlineKeyboardButton } from 'grammy/types'
import { MessageComposer } from '#core/contracts/message_composer'
import type { MessageParams, SymbolicButton } from '#core/contracts/outbox'
import type Invoice from '#payments/models/invoice'
import type { BotContext } from '#bot/context'
import { zoneOf } from '#bot/features/time_zone'
import { InvoiceMessages } from '#bot/invoices/invoice_messages'
import { invoiceView, type Reader } from '#bot/invoices/invoice_view'

export const readerOf = async (ctx: BotContext): Promise<Reader> => ({
  locale: ctx.locale,
  timeZone: await zoneOf(ctx),
})

/** Turns the message below which the button was pressed into the invoice, and keeps it up to date. */
export async function showInvoice(ctx: BotContext, invoice: Invoice, { inPlace = true } = {}) {
  const view = invoiceView(invoice, await readerOf(ctx))
  const messageId = await showComposed(ctx, view, { inPlace })
  if (!messageId) return
  const messages = await ctx.make(InvoiceMessages)
  const { id: customerId, telegramId: chatId } = ctx.customer
  await messages.follow({ chatId, messageId, customerId, invoiceId: invoice.id }, view)
}

/** Shows at once what the outbox would send: its buttons open screens below and leave the message. */
export async function showComposed(ctx: BotContext, message: Composable, options?: { inPlace: boolean }) {
  const composer = await ctx.make(MessageComposer)
  const { html, replyMarkup } = composer.compose(ctx.locale, message.template, message.params, message.buttons)
  const rows = (replyMarkup?.inline_keyboard ?? []) as unknown as InlineKeyboardButton[][]
  return ctx.show({ text: html, keyboard: new InlineKeyboard(rows) }, options)
}

interface Composable {
  template: string
  params: MessageParams
  buttons: SymbolicButton[][]
}
