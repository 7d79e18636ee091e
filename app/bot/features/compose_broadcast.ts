import { Composer } from 'grammy'
import type Admin from '#staff/models/admin'
import { ScheduleBroadcast } from '#broadcasts/actions/schedule_broadcast'
import { forAdmins, hasRight, onAdminCallback } from '#bot/admin/for_admins'
import { actorOf } from '#bot/admin/for_admins'
import { previewScreen, problemText } from '#bot/admin/broadcast_screens'
import { saveText } from '#bot/admin/save_broadcast_text'
import { entitiesToHtml } from '#bot/admin/entities_to_html'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import type { Flow } from '#bot/flows/flow'
import { adminData, composeData, sendBroadcastData } from '#bot/screens/admin_data'
import { navigation } from '#bot/screens/screen'
import type { Draft } from '#bot/sessions/bot_session'

const RIGHT = 'broadcasts.send'
const FLOW = 'broadcast'

/** An admin writes a broadcast in the chat, sees it and whom it reaches, and sends it to everybody. */
export function composeBroadcastFeature({ flows }: Directory): Feature {
  const compose = (ctx: BotContext) => {
    const { data } = ctx.session.drafts[FLOW] ?? { data: {} }
    flows.enter(ctx, FLOW, 'text', data)
    return askForText(ctx)
  }

  const flow: Flow = {
    name: FLOW,
    title: 'bot_admin.compose_title',
    isAvailable: async (ctx) => hasRight(await ctx.admin(), RIGHT),
    show: (ctx, draft) => (draft.step === 'confirm' ? showPreview(ctx, draft) : askForText(ctx)),
    async receive(ctx, draft) {
      const { text, entities } = ctx.message!
      if (!text) return ctx.show({ text: ctx.t('bot_admin.compose_text_only'), keyboard: navigation(ctx) })
      const admin = await ctx.admin()
      const html = entitiesToHtml(text, entities)
      const saved = await saveText(ctx, admin!, { html, title: text, known: savedIn(draft) })
      if (!saved.ok) {
        if (saved.refusal.code === 'stale') flows.enter(ctx, FLOW, 'text', {})
        return ctx.show({ text: problemText(ctx, saved.refusal), keyboard: navigation(ctx) })
      }
      const { id: broadcastId, revision } = saved.value
      return showPreview(ctx, flows.enter(ctx, FLOW, 'confirm', { broadcastId, revision }))
    },
  }

  const composer = new Composer<BotContext>()
  composer.command('broadcast', forAdmins(RIGHT, compose))
  composer.use(onAdminCallback(composeData, RIGHT, compose))
  composer.use(
    onAdminCallback(sendBroadcastData, RIGHT, async (ctx, admin, { broadcast, revision }) => {
      const outcome = await send(ctx, admin, broadcast, revision)
      if (idOf(ctx.session.drafts[FLOW]) === broadcast && outcome.isOver) flows.drop(ctx, FLOW)
      await ctx.show({ text: outcome.text, keyboard: navigation(ctx, adminData.pack({})) })
    })
  )
  return { composer, flow, commands: [{ name: 'broadcast', audience: 'admins' }] }
}

function askForText(ctx: BotContext) {
  const keyboard = navigation(ctx, adminData.pack({}))
  return ctx.show({ text: ctx.t('bot_admin.compose'), keyboard })
}

async function showPreview(ctx: BotContext, draft: Draft) {
  const broadcastId = idOf(draft)
  const screen = broadcastId && (await previewScreen(ctx, broadcastId))
  if (!screen) return askForText(ctx)
  await ctx.reply(screen.html, { parse_mode: 'HTML' })
  await ctx.reply(screen.text, { parse_mode: 'HTML', reply_markup: screen.keyboard })
}

/** A second press finds the broadcast under way, which is what was wanted. */
async function send(ctx: BotContext, admin: Admin, broadcastId: number, revision: number) {
  const schedule = await ctx.make(ScheduleBroadcast)
  const result = await schedule.handle({ broadcastId, revision, when: { mode: 'now' }, actor: actorOf(admin) })
  if (result.ok) return { isOver: true, text: ctx.t(`bot_admin.sent_${result.value.status}`) }
  const { refusal } = result
  if (refusal.code === 'wrong_status') return { isOver: true, text: ctx.t('bot_admin.sent_already') }
  return { isOver: ['broadcast_not_found', 'stale'].includes(refusal.code), text: problemText(ctx, refusal) }
}

const idOf = (draft?: Draft) => {
  const id = draft?.data.broadcastId
  return typeof id === 'number' ? id : null
}

const savedIn = (draft?: Draft) => {
  const [id, revision] = [idOf(draft), draft?.data.revision]
  return id !== null && typeof revision === 'number' ? { id, revision } : null
}
