import { Composer } from 'grammy'
import { NEWS_CATEGORIES } from '#customers/news_categories'
import { ChangeNewsSubscription } from '#customers/actions/change_news_subscription'
import { NewsSubscriptionsQuery } from '#customers/queries/news_subscriptions_query'
import { defineCallback } from '#bot/callback_data/define_callback'
import { choice, flag } from '#bot/callback_data/fields'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Feature } from '#bot/feature'
import { listKeyboard } from '#bot/screens/screen'
import { settingsData } from '#bot/screens/screen_data'

export const newsData = defineCallback('news')
const setNewsData = defineCallback('set_news', { category: choice(NEWS_CATEGORIES), on: flag })

/** Opting out of news by category. The button carries the wanted state, so pressing an old one twice does no harm. */
export function newsFeature(): Feature {
  const composer = new Composer<BotContext>()
  composer.use(onCallback(newsData, showNews))
  composer.use(
    onCallback(setNewsData, async (ctx, { category, on }) => {
      const change = await ctx.make(ChangeNewsSubscription)
      await change.handle({ customerId: ctx.customer.id, category, subscribed: on })
      await showNews(ctx)
    })
  )
  return { composer, deepLinks: { news: showNews } }
}

async function showNews(ctx: BotContext) {
  const subscriptions = await new NewsSubscriptionsQuery().run(ctx.customer.id)
  const buttons = subscriptions.map(({ category, subscribed }) => ({
    text: `${subscribed ? '🔔' : '🔕'} ${ctx.label(`bot_settings.news_${category}`)}`,
    data: setNewsData.pack({ category, on: !subscribed }),
  }))
  const keyboard = listKeyboard(ctx, buttons, settingsData.pack({}))
  await ctx.show({ text: ctx.t('bot_settings.news'), keyboard })
}
