import { InlineKeyboard } from 'grammy'
import type { Refusal } from '#core/result'
import Broadcast from '#broadcasts/models/broadcast'
import { Pace } from '#broadcasts/pace'
import type { BroadcastProblem, ProblemsRefusal } from '#broadcasts/problems'
import { AudienceCountQuery } from '#broadcasts/queries/audience_count_query'
import type { BotContext } from '#bot/context'
import { adminData, composeData, sendBroadcastData } from '#bot/screens/admin_data'
import { navigation, type Screen } from '#bot/screens/screen'

/** The message as customers will see it, and below it whom it reaches. Null when the draft is gone. */
export async function previewScreen(ctx: BotContext, broadcastId: number): Promise<(Screen & { html: string }) | null> {
  const broadcast = await Broadcast.query()
    .where('id', broadcastId)
    .where('status', 'draft')
    .preload('variants')
    .first()
  const variant = broadcast?.variants.find(({ version }) => version === broadcast.version)
  if (!broadcast || !variant) return null

  const question = { audience: broadcast.audience, category: broadcast.category, sendOnceKey: broadcast.sendOnceKey }
  const audience = await ctx.make(AudienceCountQuery)
  const { recipients, total } = await audience.handle(question)
  const pace = await ctx.make(Pace)
  const { seconds } = await pace.estimate(recipients, { paid: false })

  const text = ctx.t('bot_admin.preview', {
    recipients,
    total,
    left: total - recipients,
    minutes: Math.ceil(seconds / 60),
  })
  return { html: variant.html, text, keyboard: previewKeyboard(ctx, broadcast, recipients) }
}

function previewKeyboard(ctx: BotContext, { id, revision }: Broadcast, recipients: number) {
  const keyboard = new InlineKeyboard()
  if (recipients > 0) {
    const label = ctx.label('bot_admin.send_button', { recipients })
    keyboard.text(label, sendBroadcastData.pack({ broadcast: id, revision })).row()
  }
  keyboard.text(ctx.label('bot_admin.rewrite_button'), composeData.pack({})).row()
  return InlineKeyboard.from([
    ...keyboard.inline_keyboard.filter((row) => row.length > 0),
    ...navigation(ctx, adminData.pack({})).inline_keyboard,
  ])
}

/** Says what is wrong with a text and what to do; what has no words of its own is named by its code. */
export function problemText(ctx: BotContext, refusal: Refusal | ProblemsRefusal): string {
  const problem = 'problems' in refusal ? refusal.problems[0] : refusal
  const known = WORDED.has(problem.code) ? problem.code : 'other'
  return ctx.t(`bot_admin.problem_${known}`, paramsOf(problem))
}

const WORDED = new Set([
  'unknown_placeholder',
  'bad_fallback',
  'too_long',
  'empty_text',
  'link_scheme',
  'link_host',
  'link_too_long',
  'empty_audience',
  'stale',
  'too_long_after_filling',
])

const paramsOf = ({ code, params = {} }: Refusal | BroadcastProblem) => ({ code, ...params })
