import { Composer } from 'grammy'
import { onCallback } from '#bot/callback_data/on_callback'
import { contacts } from '#bot/bot_settings'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import { marketsAreOn } from '#bot/markets/markets_are_on'
import { raffleIsOn } from '#bot/raffle/raffle_is_on'
import { navigation } from '#bot/screens/screen'
import { helpData } from '#bot/screens/screen_data'

export function helpFeature(directory: Directory): Feature {
  const show = async (ctx: BotContext) => {
    const audience = (await ctx.admin()) ? 'admins' : 'everyone'
    const commands = directory
      .commandsFor(audience)
      .map(({ name }) => `/${name} - ${ctx.t(`bot.commands.${name}`)}`)
      .join('\n')
    const ways = await ctx.deps.settings.get(contacts)
    const reach = ways ? ctx.t('bot.help_contacts', { contacts: ways }) : ctx.t('bot.help_no_contacts')
    const markets = (await marketsAreOn(ctx)) ? [ctx.t('bot_markets.help')] : []
    const raffle = (await raffleIsOn(ctx)) ? [ctx.t('bot_raffle.help')] : []
    const text = [ctx.t('bot.help'), ...markets, ...raffle, commands, reach].join('\n\n')
    await ctx.show({ text, keyboard: navigation(ctx) })
  }
  const composer = new Composer<BotContext>()
  composer.command('help', show)
  composer.use(onCallback(helpData, show))
  return {
    composer,
    commands: [{ name: 'help', audience: 'everyone' }],
    menu: [{ label: 'bot.menu_help', data: helpData.pack({}), order: 900 }],
    deepLinks: { help: show },
  }
}
