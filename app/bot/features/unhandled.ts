import { Composer, type FilterQuery } from 'grammy'
import { unpackCallback } from '#bot/callback_data/callback_data'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import { showMenu } from '#bot/features/menu'
import { navigation } from '#bot/screens/screen'

/** Looks like data of ours, from whatever version. */
const VERSIONED = /^\d{1,3}n?:/

/** What a person sends that is no text; the pictures of an album come one by one and get one answer. */
const CONTENT: FilterQuery[] = [
  'message:file',
  'message:location',
  'message:contact',
  'message:poll',
  'message:dice',
  'message:story',
  'message:game',
]

/** The last in the list: whatever nobody else wanted is answered too. */
export function unhandled(directory: Directory): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.on('callback_query', async (ctx) => {
    const { data = '' } = ctx.callbackQuery
    if (!VERSIONED.test(data)) return ctx.toast(ctx.label('bot.button_broken'))
    await ctx.toast(ctx.label(unpackCallback(data) ? 'bot.button_unknown' : 'bot.button_old'))
    await showMenu(ctx, directory)
  })
  composer.on('pre_checkout_query', (ctx) =>
    ctx.answerPreCheckoutQuery(false, { error_message: ctx.label('bot.payment_unexpected') })
  )
  composer.on('message:text', (ctx) => {
    const isCommand = ctx.message.text.startsWith('/')
    return answer(ctx, isCommand ? 'bot.unknown_command' : 'bot.unknown_text')
  })
  composer.on(CONTENT, async (ctx) => {
    const album = ctx.msg?.media_group_id ?? null
    if (album !== null && ctx.session.album === album) return
    ctx.session.album = album
    await answer(ctx, 'bot.unknown_media')
  })
  return composer
}

const answer = (ctx: BotContext, key: string) => ctx.show({ text: ctx.t(key), keyboard: navigation(ctx) })
