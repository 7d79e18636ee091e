import { CreateBroadcast } from '#broadcasts/actions/create_broadcast'
import { UpdateBroadcast } from '#broadcasts/actions/update_broadcast'
import Broadcast from '#broadcasts/models/broadcast'
import type Admin from '#staff/models/admin'
import { actorOf } from '#bot/admin/for_admins'
import type { BotContext } from '#bot/context'

const TITLE_LENGTH = 60

interface WrittenText {
  html: string
  title: string
  /** The draft that is written anew, as the admin last saw it, if there is one. */
  known: { id: number; revision: number } | null
}

/**
 * Keeps the text as a draft like any other, which the panel shows too: for everybody, one text for all languages. A
 * draft that was sent meanwhile is left alone; one that was changed elsewhere is refused with `stale`.
 */
export async function saveText(ctx: BotContext, admin: Admin, { html, title, known }: WrittenText) {
  const [create, update] = [await ctx.make(CreateBroadcast), await ctx.make(UpdateBroadcast)]
  const actor = actorOf(admin)
  const name = Array.from(title.replace(/\s+/g, ' ').trim()).slice(0, TITLE_LENGTH).join('')

  const stored = known && (await Broadcast.find(known.id))
  const created = stored?.status === 'draft' ? null : await create.handle({ title: name, actor })
  if (created && !created.ok) return created
  const draft = created?.ok ? created.value : stored!

  return update.handle({
    broadcastId: draft.id,
    revision: created ? draft.revision : known!.revision,
    actor,
    title: name,
    category: draft.category,
    audience: { kind: 'all' },
    defaultLocale: draft.defaultLocale,
    quietHours: draft.quietHours,
    sendOnceKey: null,
    paid: false,
    abShare: null,
    recurrence: 'none',
    variants: [
      { locale: draft.defaultLocale, variant: 'A', source: html, format: 'html', buttons: [], mediaKey: null },
    ],
  })
}
