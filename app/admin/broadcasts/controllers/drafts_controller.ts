import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { SegmentSource } from '#core/contracts/segment_source'
import { DeleteDraft } from '#broadcasts/actions/delete_draft'
import { SendTestBroadcast } from '#broadcasts/actions/send_test_broadcast'
import { UpdateBroadcast } from '#broadcasts/actions/update_broadcast'
import db from '@adonisjs/lucid/services/db'
import { VariantSet } from '#broadcasts/content/variant_set'
import Broadcast from '#broadcasts/models/broadcast'
import type { BroadcastProblem } from '#broadcasts/problems'
import { planSchedule } from '#broadcasts/schedule/plan'
import type { BroadcastForm } from '#admin/broadcasts/form/broadcast_form'
import { scheduleInput } from '#admin/broadcasts/form/schedule_input'
import { permission } from '#admin/abilities/permissions'
import { applyIntent } from '#admin/broadcasts/form/apply_intent'
import { customerHandle } from '#admin/shared/find_customer'
import { formOfBroadcast } from '#admin/broadcasts/form/form_of_broadcast'
import { parseIntent, type Intent } from '#admin/broadcasts/form/intent'
import { PostedFormReader, type PostedForm } from '#admin/broadcasts/form/posted_form'
import { DraftPage, type DraftPageInput } from '#admin/broadcasts/page/draft_page'
import { fragmentsOf } from '#admin/broadcasts/page/fragments'
import { answer, refusalWords } from '#admin/broadcasts/answer'
import { pathTo } from '#admin/broadcasts/paths'
import { words } from '#admin/broadcasts/words'

/** The page on which a draft is written. */
@inject()
export default class DraftsController {
  constructor(
    private clock: Clock,
    private segments: SegmentSource,
    private page: DraftPage,
    private posted: PostedFormReader,
    private updateBroadcast: UpdateBroadcast,
    private deleteDraft: DeleteDraft,
    private sendTest: SendTestBroadcast
  ) {}

  async edit(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'broadcasts.edit')
    const broadcast = await Broadcast.findByOrFail('reference', ctx.params.reference)
    if (broadcast.status !== 'draft') return this.#toBroadcast(ctx, broadcast)
    const { audience } = broadcast
    const customerId = audience.kind === 'customer' ? audience.customerId : null
    const { variants } = await VariantSet.load(db.connection(), broadcast)
    const form = formOfBroadcast(broadcast, variants, {
      timeZone: ctx.auth.getUserOrFail().timeZone,
      now: this.clock.now(),
      customer: customerId === null ? '' : await customerHandle(customerId),
      schedule: ctx.request.qs(),
    })
    return this.#show(ctx, { broadcast, form, customerId, isUnsaved: false, counts: false })
  }

  async update(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'broadcasts.edit')
    const broadcast = await Broadcast.findByOrFail('reference', ctx.params.reference)
    if (broadcast.status !== 'draft') return this.#toBroadcast(ctx, broadcast)
    const posted = await this.posted.read(ctx)
    const intent = parseIntent(ctx.request.input('intent'))
    applyIntent(posted.form, intent, this.segments)
    if (isSaving(intent)) return this.#save(ctx, broadcast, posted, intent.kind)

    const names = fragmentsOf(ctx.request.header('x-fragments'))
    const counts = names === null || names.includes('counts')
    const anotherCustomer = intent.kind === 'another_customer'
    if (posted.problems.length) ctx.response.status(422)
    return this.#show(ctx, { broadcast, ...posted, anotherCustomer, isUnsaved: true, counts }, names)
  }

  async destroy(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'broadcasts.edit')
    const { id, reference } = await Broadcast.findByOrFail('reference', ctx.params.reference)
    const result = await this.deleteDraft.handle({ broadcastId: id, actor: ctx.actor })
    return answer(ctx, result, { reference, done: 'done.deleted', to: result.ok ? '' : reference })
  }

  async #save(ctx: HttpContext, broadcast: Broadcast, posted: PostedForm, kind: 'save' | 'review' | 'test') {
    const { form, customerId } = posted
    if (kind === 'review') posted.problems.push(...this.#scheduleProblems(ctx, form))
    if (posted.problems.length) return this.#refuse(ctx, broadcast, posted, posted.problems)

    const input = { ...form.toInput(this.segments, customerId), broadcastId: broadcast.id, revision: form.revision }
    const result = await this.updateBroadcast.handle({ ...input, actor: ctx.actor })
    if (result.ok) return this.#saved(ctx, broadcast, posted, kind)
    if ('problems' in result.refusal) return this.#refuse(ctx, broadcast, posted, result.refusal.problems)
    if (result.refusal.code !== 'stale') return this.#toBroadcast(ctx, broadcast)
    ctx.response.status(409)
    return this.#show(ctx, { broadcast, ...posted, isUnsaved: true, isStale: true, counts: true })
  }

  #scheduleProblems({ auth }: HttpContext, { schedule }: BroadcastForm): BroadcastProblem[] {
    const plan = planSchedule(scheduleInput(schedule, auth.getUserOrFail().timeZone), this.clock.now())
    return plan.ok ? [] : [{ field: 'schedule.local', code: plan.code }]
  }

  /** The schedule isn't a part of the draft until it is confirmed: it goes along in the address. */
  async #saved(ctx: HttpContext, { id, reference }: Broadcast, { form }: PostedForm, kind: string) {
    const { response, session } = ctx
    const { mode, local } = form.schedule
    if (kind === 'review') {
      return response.redirect().toPath(pathTo(`${reference}/review`, { mode, local }))
    }
    if (kind === 'test') await this.#test(ctx, id, form)
    else session.flash('success', words('edit.saved'))
    return response.redirect().toPath(pathTo(`${reference}/edit`, { mode, local }))
  }

  /** Sends what was just saved, in the language that is shown. */
  async #test({ actor, auth, session }: HttpContext, broadcastId: number, form: BroadcastForm) {
    const result = await this.sendTest.handle({
      broadcastId,
      actor,
      locale: form.previewLocale,
      variant: form.test.on ? form.previewVariant : 'A',
      telegramId: auth.getUserOrFail().telegramId,
    })
    if (result.ok) session.flash('success', words('done.test'))
    else session.flash('warning', refusalWords(result.refusal))
  }

  #refuse(ctx: HttpContext, broadcast: Broadcast, posted: PostedForm, problems: readonly BroadcastProblem[]) {
    ctx.response.status(422)
    showFirstProblem(posted, problems)
    return this.#show(ctx, { broadcast, ...posted, problems, isUnsaved: true, counts: true })
  }

  #toBroadcast({ response, session }: HttpContext, { reference }: Broadcast) {
    session.flash('warning', words('edit.not_a_draft'))
    return response.redirect().toPath(pathTo(reference))
  }

  async #show({ auth, view }: HttpContext, input: Omit<DraftPageInput, 'zone'>, names: string[] | null = null) {
    const page = await this.page.build({ ...input, zone: auth.getUserOrFail().timeZone })
    return view.render(names ? 'admin/broadcasts/fragments' : 'admin/broadcasts/edit', { page, names })
  }
}

const isSaving = (intent: Intent): intent is { kind: 'save' | 'review' | 'test' } =>
  intent.kind === 'save' || intent.kind === 'review' || intent.kind === 'test'

/** Opens the language whose text was refused. */
function showFirstProblem({ form }: PostedForm, problems: readonly BroadcastProblem[]) {
  const [, locale] = problems.map(({ field }) => /^variants\.(en|ru|uk)\./.exec(field)).find((found) => found) ?? []
  if (locale && !problems.some(({ field }) => field.startsWith(`variants.${form.previewLocale}.`))) {
    form.previewLocale = locale as typeof form.previewLocale
  }
}
