import { Composer } from 'grammy'
import { StartCustomer } from '#customers/actions/start_customer'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import { showMenu } from '#bot/features/menu'
import { offerDraft } from '#bot/features/drafts'

/** Behind `ref`, or behind what somebody has shared: `m_<reference>`. */
const REFERRAL = /^(?:ref|m_[0-9A-Z]{10})_([a-z0-9]{1,16})$/

/** `/start`, alone or from a link `https://t.me/<bot>?start=<payload>`. */
export function startFeature(directory: Directory): Feature {
  const composer = new Composer<BotContext>()
  composer.command('start', async (ctx) => {
    const payload = ctx.match.trim()
    const start = await ctx.make(StartCustomer)
    const { first } = await start.handle(ctx.customer.id, REFERRAL.exec(payload)?.[1])

    const open = directory.deepLink(payload.split('_', 1)[0])
    if (open) return open(ctx, { payload, isFirst: first })
    directory.flows.interrupt(ctx)
    const interrupted = await directory.flows.interrupted(ctx)
    if (interrupted) return offerDraft(ctx, interrupted.flow)
    return showMenu(ctx, directory, first ? 'bot.welcome' : 'bot.welcome_back')
  })
  return { composer, commands: [{ name: 'start', audience: 'everyone' }] }
}
