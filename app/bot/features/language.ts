import { Composer } from 'grammy'
import { LANGUAGES } from '#customers/languages'
import { ChangeLanguage } from '#customers/actions/change_language'
import { defineCallback } from '#bot/callback_data/define_callback'
import { choice } from '#bot/callback_data/fields'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import { publishCommands } from '#bot/features/link_admin'
import { listKeyboard } from '#bot/screens/screen'
import { settingsData } from '#bot/screens/screen_data'

export const languageData = defineCallback('language')
const setLanguageData = defineCallback('set_language', { language: choice(LANGUAGES) })

/** Each language under its own name, so that nobody is locked into one they can't read. */
const NAMES = { en: '🇬🇧 English', ru: '🇷🇺 Русский', uk: '🇺🇦 Українська' }

export function languageFeature(directory: Directory): Feature {
  const composer = new Composer<BotContext>()
  composer.command('language', (ctx) => showLanguages(ctx))
  composer.use(onCallback(languageData, showLanguages))
  composer.use(
    onCallback(setLanguageData, async (ctx, { language }) => {
      const change = await ctx.make(ChangeLanguage)
      const result = await change.handle(ctx.customer.id, language)
      if (result.ok) ctx.customer = result.value
      if (await ctx.admin()) await publishCommands(ctx, directory)
      await showLanguages(ctx)
    })
  )
  return { composer, commands: [{ name: 'language', audience: 'everyone' }] }
}

async function showLanguages(ctx: BotContext) {
  const buttons = LANGUAGES.map((language) => ({
    text: `${language === ctx.locale ? '✅ ' : ''}${NAMES[language]}`,
    data: setLanguageData.pack({ language }),
  }))
  const keyboard = listKeyboard(ctx, buttons, settingsData.pack({}))
  await ctx.show({ text: ctx.t('bot_settings.language', { language: NAMES[ctx.locale] }), keyboard })
}
