import { Composer } from 'grammy'
import { NewsSubscriptionsQuery } from '#customers/queries/news_subscriptions_query'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Feature } from '#bot/feature'
import { languageData } from '#bot/features/language'
import { newsData } from '#bot/features/news'
import { timeZoneOf, timeZonesData } from '#bot/features/time_zone'
import { listKeyboard } from '#bot/screens/screen'
import { settingsData } from '#bot/screens/screen_data'

export function settingsFeature(): Feature {
  const composer = new Composer<BotContext>()
  composer.command('settings', (ctx) => showSettings(ctx))
  composer.use(onCallback(settingsData, showSettings))
  return {
    composer,
    commands: [{ name: 'settings', audience: 'everyone' }],
    menu: [{ label: 'bot.menu_settings', data: settingsData.pack({}), order: 800 }],
    deepLinks: { settings: showSettings },
  }
}

async function showSettings(ctx: BotContext) {
  const subscriptions = await new NewsSubscriptionsQuery().run(ctx.customer.id)
  const text = ctx.t('bot_settings.overview', {
    zone: await timeZoneOf(ctx),
    on: subscriptions.filter(({ subscribed }) => subscribed).length,
    all: subscriptions.length,
  })
  const keyboard = listKeyboard(ctx, [
    { text: ctx.label('bot_settings.language_button'), data: languageData.pack({}) },
    { text: ctx.label('bot_settings.time_zone_button'), data: timeZonesData.pack({}) },
    { text: ctx.label('bot_settings.news_button'), data: newsData.pack({}) },
  ])
  await ctx.show({ text, keyboard })
}
