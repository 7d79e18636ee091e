import { Composer } from 'grammy'
import { CancelOrder } from '#stars/actions/cancel_order'
import { CustomerOrdersQuery } from '#stars/queries/customer_orders_query'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import { customerActor } from '#bot/customer_actor'
import type { Feature } from '#bot/feature'
import { cancelOrderData, starOrderData, starOrdersData, starOrdersPageData } from '#bot/screens/stars_data'
import { ordersScreen, showOrderAgain, showOrderPage } from '#bot/shop/order_screens'

/** What the customer has bought: a list, a page for each order, and a way out of an unpaid one. */
export function starOrdersFeature(): Feature {
  const composer = new Composer<BotContext>()
  const show = async (ctx: BotContext, { page }: { page: number } = { page: 1 }) =>
    ctx.show(await ordersScreen(ctx, page))
  composer.use(onCallback(starOrdersData, (ctx) => show(ctx)))
  composer.use(onCallback(starOrdersPageData, show))
  composer.use(
    onCallback(starOrderData, async (ctx, { order: reference }, next) => {
      const found = await ownOrder(ctx, reference)
      return found ? showOrderPage(ctx, found.order) : next()
    })
  )
  composer.use(
    onCallback(cancelOrderData, async (ctx, { order: reference }, next) => {
      const found = await ownOrder(ctx, reference)
      return found ? cancel(ctx, found.order) : next()
    })
  )
  return { composer }
}

async function ownOrder(ctx: BotContext, reference: string) {
  const query = await ctx.make(CustomerOrdersQuery)
  return query.find(ctx.customer.id, reference)
}

type Order = NonNullable<Awaited<ReturnType<typeof ownOrder>>>['order']

/** The message that follows the order hears of it by itself, unless it is the one that was pressed. */
async function cancel(ctx: BotContext, order: Order) {
  const action = await ctx.make(CancelOrder)
  const silent = ctx.callbackQuery?.message?.message_id === order.messageId
  const actor = customerActor(ctx)
  const result = await action.handle({ orderId: order.id, customerId: order.customerId, actor, silent })
  if (!result.ok) await ctx.toast(ctx.label('bot_stars.not_cancellable'), { alert: true })
  await showOrderAgain(ctx, order)
}
