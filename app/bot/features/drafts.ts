import { Composer, InlineKeyboard } from 'grammy'
import { defineCallback } from '#bot/callback_data/define_callback'
import { text } from '#bot/callback_data/fields'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import { showMenu } from '#bot/features/menu'
import type { Flow } from '#bot/flows/flow'
import { menuData } from '#bot/screens/screen_data'

const flowName = text(/^[a-z_]{1,30}$/)
const resumeData = defineCallback('resume', { flow: flowName })
const discardData = defineCallback('discard', { flow: flowName })

/** What was begun is gone on with or dropped; `/cancel` leaves any step. */
export function draftsFeature(directory: Directory): Feature {
  const { flows } = directory
  const composer = new Composer<BotContext>()

  composer.command('cancel', async (ctx) => {
    const name = ctx.session.flow
    if (name) flows.drop(ctx, name)
    await showMenu(ctx, directory, name ? 'bot.cancelled' : 'bot.nothing_to_cancel')
  })
  composer.use(
    onCallback(resumeData, async (ctx, { flow: name }) => {
      const flow = flows.find(name)
      const draft = ctx.session.drafts[name]
      if (!flow || !draft || !(await flow.isAvailable(ctx))) return showMenu(ctx, directory, 'bot.draft_gone')
      flows.enter(ctx, name, draft.step, draft.data)
      await flow.show(ctx, draft)
    })
  )
  composer.use(
    onCallback(discardData, async (ctx, { flow }) => {
      flows.drop(ctx, flow)
      await showMenu(ctx, directory, 'bot.cancelled')
    })
  )
  return { composer, commands: [{ name: 'cancel', audience: 'everyone' }] }
}

export async function offerDraft(ctx: BotContext, { name, title }: Flow) {
  const keyboard = new InlineKeyboard()
    .text(ctx.label('bot.draft_resume'), resumeData.pack({ flow: name }))
    .row()
    .text(ctx.label('bot.draft_discard'), discardData.pack({ flow: name }))
    .row()
    .text(ctx.label('bot.home'), menuData.pack({}))
  await ctx.show({ text: ctx.t('bot.draft_found', { what: ctx.label(title) }), keyboard })
}

/** Hands messages to the flow that is waiting for them. Commands have been answered before. */
export function flowMessages(directory: Directory): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.on('message', async (ctx, next) => {
    const { flow: name, drafts } = ctx.session
    const flow = name ? directory.flows.find(name) : undefined
    const draft = name ? drafts[name] : undefined
    if (!flow || !draft || ctx.message.text?.startsWith('/')) return next()
    if (await flow.isAvailable(ctx)) return flow.receive(ctx, draft)
    directory.flows.drop(ctx, flow.name)
    return next()
  })
  return composer
}
