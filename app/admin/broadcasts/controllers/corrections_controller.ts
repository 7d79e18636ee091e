import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { SegmentSource } from '#core/contracts/segment_source'
import { LANGUAGES } from '#customers/languages'
import { EditSentBroadcast } from '#broadcasts/actions/edit_sent_broadcast'
import { VariantSet } from '#broadcasts/content/variant_set'
import Broadcast from '#broadcasts/models/broadcast'
import { countSent } from '#broadcasts/queries/follow_up_query'
import { approvalRequired } from '#broadcasts/settings'
import { permission } from '#admin/abilities/permissions'
import { answer, refusalWords } from '#admin/broadcasts/answer'
import { applyIntent } from '#admin/broadcasts/form/apply_intent'
import { formOfBroadcast } from '#admin/broadcasts/form/form_of_broadcast'
import { parseIntent } from '#admin/broadcasts/form/intent'
import { PostedFormReader, type PostedForm } from '#admin/broadcasts/form/posted_form'
import { DraftPage, type DraftPageInput } from '#admin/broadcasts/page/draft_page'
import { fragmentsOf } from '#admin/broadcasts/page/fragments'

/** Changes what stands in the recipients' chats already. */
@inject()
export default class CorrectionsController {
  constructor(
    private clock: Clock,
    private segments: SegmentSource,
    private page: DraftPage,
    private posted: PostedFormReader,
    private editSent: EditSentBroadcast,
    private settings: Settings
  ) {}

  async edit(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'broadcasts.send')
    const broadcast = await Broadcast.findByOrFail('reference', ctx.params.reference)
    const form = await this.#formOf(ctx, broadcast)
    return this.#show(ctx, { broadcast, form, customerId: null, isUnsaved: false, counts: false })
  }

  async update(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'broadcasts.send')
    const broadcast = await Broadcast.findByOrFail('reference', ctx.params.reference)
    const posted = await this.posted.readCorrection(ctx, await this.#formOf(ctx, broadcast))
    const intent = parseIntent(ctx.request.input('intent'))
    applyIntent(posted.form, intent, this.segments)
    if (intent.kind === 'save' && !posted.problems.length) return this.#correct(ctx, broadcast, posted)

    if (posted.problems.length) ctx.response.status(422)
    const anotherCustomer = intent.kind === 'another_customer'
    return this.#show(ctx, { broadcast, ...posted, anotherCustomer, isUnsaved: true, counts: false })
  }

  async #correct(ctx: HttpContext, broadcast: Broadcast, posted: PostedForm) {
    const { form } = posted
    const variants = LANGUAGES.flatMap((locale) => form.variantNames.map((name) => form.variantInput(locale, name)))
    const result = await this.editSent.handle({ broadcastId: broadcast.id, variants, actor: ctx.actor })
    if (result.ok) {
      const done = result.value.awaitsApproval ? 'done.correction_asked' : 'done.corrected'
      return answer(ctx, result, { reference: broadcast.reference, done })
    }

    ctx.response.status(422)
    const { refusal } = result
    const problems = 'problems' in refusal ? refusal.problems : []
    const fault = problems.length ? undefined : refusalWords(refusal)
    return this.#show(ctx, { broadcast, ...posted, problems, isUnsaved: true, counts: false }, fault)
  }

  async #formOf({ auth }: HttpContext, broadcast: Broadcast) {
    const { variants } = await VariantSet.load(db.connection(), broadcast)
    const { timeZone } = auth.getUserOrFail()
    return formOfBroadcast(broadcast, variants, { timeZone, now: this.clock.now(), customer: '', schedule: {} })
  }

  async #show(ctx: HttpContext, input: Omit<DraftPageInput, 'zone'>, fault?: string) {
    const { auth, request, view } = ctx
    const page = await this.page.build({ ...input, zone: auth.getUserOrFail().timeZone })
    const names = fragmentsOf(request.header('x-fragments'))
    if (names) return view.render('admin/broadcasts/fragments', { page, names })
    const total = await countSent('edit', input.broadcast.id, this.clock.now())
    const needsApproval = await this.settings.get(approvalRequired)
    return view.render('admin/broadcasts/correction', { page, total, fault, needsApproval })
  }
}
