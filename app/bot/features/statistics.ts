import { Composer, InlineKeyboard } from 'grammy'
import { InvitedCountQuery } from '#customers/queries/invited_count_query'
import { ReferralEarningsQuery } from '#customers/queries/referral_earnings_query'
import { BettorProfileQuery } from '#markets/queries/bettor_profile_query'
import { CustomerRaffleQuery } from '#raffles/queries/customer_raffle_query'
import { CustomerPurchasesQuery } from '#stars/queries/customer_purchases_query'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Feature } from '#bot/feature'
import { zoneOf } from '#bot/features/time_zone'
import { marketsAreOn } from '#bot/markets/markets_are_on'
import { rankName } from '#bot/missions/profile_screen'
import { sumsText } from '#bot/money/sums_text'
import { chainIsOn } from '#bot/raffle/raffle_is_on'
import { navigation } from '#bot/screens/screen'
import { statisticsData } from '#bot/screens/screen_data'

/** What a customer has done here, and the link by which they invite others. */
export function statisticsFeature(): Feature {
  const composer = new Composer<BotContext>()
  composer.use(onCallback(statisticsData, showStatistics))
  return {
    composer,
    menu: [{ label: 'bot.menu_statistics', data: statisticsData.pack({}), order: 700 }],
    deepLinks: { statistics: showStatistics },
  }
}

async function showStatistics(ctx: BotContext) {
  const link = `https://t.me/${ctx.me.username}?start=ref_${ctx.customer.referralCode}`
  const purchases = await new CustomerPurchasesQuery().run(ctx.customer.id)
  const done = ctx.t('bot.statistics', {
    joined: await dateOf(ctx, ctx.customer.createdAt),
    invited: await new InvitedCountQuery().run(ctx.customer.id),
    earned: sumsText(ctx, await new ReferralEarningsQuery().run(ctx.customer.id)),
    orders: purchases.orders,
    stars: purchases.stars,
    spent: sumsText(ctx, purchases.spent),
  })
  const raffle = (await chainIsOn(ctx)) ? [await raffleText(ctx)] : []
  const bets = (await marketsAreOn(ctx)) ? [await betsText(ctx)] : []
  const text = [[done, ...bets, ...raffle].join('\n'), ctx.t('bot.statistics_link', { link })].join('\n\n')
  const share = `https://t.me/share/url?url=${encodeURIComponent(link)}`
  const keyboard = InlineKeyboard.from([
    [InlineKeyboard.url(ctx.label('bot.share_link'), share)],
    ...navigation(ctx).inline_keyboard,
  ])
  await ctx.show({ text, keyboard })
}

async function betsText(ctx: BotContext) {
  const query = await ctx.make(BettorProfileQuery)
  const { bets, wins, rank } = await query.run(ctx.customer.id)
  return ctx.t('bot_missions.statistics', { bets, wins, rank: rankName(ctx, rank) })
}

async function raffleText(ctx: BotContext) {
  const query = await ctx.make(CustomerRaffleQuery)
  const { entries, spent, won } = await query.figures(ctx.customer.id)
  return ctx.t('bot_raffle.statistics', { entries, spent, won })
}

async function dateOf(ctx: BotContext, instant: number) {
  const timeZone = await zoneOf(ctx)
  return new Intl.DateTimeFormat(ctx.locale, { dateStyle: 'long', timeZone }).format(instant)
}
