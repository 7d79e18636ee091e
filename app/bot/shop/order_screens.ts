import { InlineKeyboard } from 'grammy'
import type Invoice from '#payments/models/invoice'
import type StarOrder from '#stars/models/star_order'
import { UNPAID } from '#stars/orders/transitions'
import { CustomerOrdersQuery } from '#stars/queries/customer_orders_query'
import type { BotContext } from '#bot/context'
import { unpackCallback } from '#bot/callback_data/callback_data'
import { readerOf, showComposed } from '#bot/invoices/show_invoice'
import { checkInvoiceData } from '#bot/screens/money_data'
import { pageButtons } from '#bot/screens/page_buttons'
import { navigation, type Screen } from '#bot/screens/screen'
import { cancelOrderData, shopData, starOrderData, starOrdersData, starOrdersPageData } from '#bot/screens/stars_data'
import { orderView } from '#bot/shop/order_view'
import { momentText } from '#bot/texts/moment_text'

const PER_PAGE = 8

/** The customer's orders, newest first. */
export async function ordersScreen(ctx: BotContext, page: number): Promise<Screen> {
  const query = await ctx.make(CustomerOrdersQuery)
  const orders = await query.run(ctx.customer.id, { page, perPage: PER_PAGE })
  const rows = orders.all().map((order) => [
    InlineKeyboard.text(
      ctx.label('bot_stars.order_line', {
        status: statusMark(ctx, order),
        stars: order.delivered,
        price: order.total,
      }),
      starOrderData.pack({ order: order.reference })
    ),
  ])
  const pages = pageButtons(starOrdersPageData, page, orders)
  const text = ctx.t(orders.total > 0 ? 'bot_stars.orders' : 'bot_stars.orders_none', { count: orders.total })
  const keyboard = InlineKeyboard.from([...rows, pages, ...navigation(ctx, shopData.pack({})).inline_keyboard])
  return { text, keyboard }
}

/**
 * The order in the message that follows it from now on. Its buttons open screens below, so that it stays where it is;
 * what happened to the order while it was drawn is drawn once more.
 */
export async function showOrder(ctx: BotContext, { reference }: Pick<StarOrder, 'reference'>): Promise<unknown> {
  const found = await read(ctx, reference)
  if (!found) return null
  const shown = found.order.status
  await showComposed(ctx, found.view, { inPlace: true })
  await found.order.refresh()
  return found.order.status === shown ? null : showOrder(ctx, found.order)
}

/** The order as a page of the list, with Back and Home. */
export async function showOrderPage(ctx: BotContext, { reference }: Pick<StarOrder, 'reference'>) {
  const found = await read(ctx, reference)
  if (!found) return
  const { order, invoice, view } = found
  const when = await momentText(ctx, order.createdAt)
  const text = [
    ctx.t(`notifications.${view.template}`, view.params),
    ctx.t('bot_stars.order_when', { when }),
    ctx.t(`bot_stars.paid_${order.payWith}`),
  ]
  await ctx.show({ text: text.join('\n'), keyboard: pageKeyboard(ctx, order, invoice) })
}

/** Shows it again in whichever of the two messages was pressed. */
export const showOrderAgain = (ctx: BotContext, order: Pick<StarOrder, 'reference'>) =>
  unpackCallback(ctx.callbackQuery?.data ?? '')?.origin === 'screen' ? showOrderPage(ctx, order) : showOrder(ctx, order)

async function read(ctx: BotContext, reference: string) {
  const query = await ctx.make(CustomerOrdersQuery)
  const found = await query.find(ctx.customer.id, reference)
  if (!found) return null
  const { order, invoice } = found
  const recipient = order.recipientUsername ? `@${order.recipientUsername}` : ctx.customer.displayName
  return { order, invoice, view: orderView(order, invoice, recipient, await readerOf(ctx)) }
}

function pageKeyboard(ctx: BotContext, order: StarOrder, invoice: Invoice | null) {
  const rows = []
  if (UNPAID.includes(order.status)) {
    const label = (action: string) => ctx.label(`notifications.buttons.${action}`)
    if (invoice?.isOpen && invoice.payUrl) rows.push([InlineKeyboard.url(label('pay'), invoice.payUrl)])
    if (invoice?.isOpen) {
      rows.push([InlineKeyboard.text(label('check_invoice'), checkInvoiceData.pack({ invoice: invoice.id }))])
    }
    rows.push([InlineKeyboard.text(label('cancel_star_order'), cancelOrderData.pack({ order: order.reference }))])
  }
  return InlineKeyboard.from([...rows, ...navigation(ctx, starOrdersData.pack({})).inline_keyboard])
}

const statusMark = (ctx: BotContext, { status }: StarOrder) => ctx.label(`bot_stars.marks.${status}`)
