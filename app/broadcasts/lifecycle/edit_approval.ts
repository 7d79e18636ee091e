import { inject } from '@adonisjs/core'
import i18nManager from '@adonisjs/i18n/services/main'
import { Clock } from '#core/clock'
import type { ApprovalHandler, PendingApproval } from '#core/contracts/approvals'
import { Audit, type Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import type { BroadcastButton } from '#broadcasts/buttons'
import { storedProblem } from '#broadcasts/content/markup_problem'
import type { StoredVariant } from '#broadcasts/content/variant_set'
import { beginEdit, EDITABLE, editFault } from '#broadcasts/lifecycle/sent_edit'
import Broadcast from '#broadcasts/models/broadcast'
import { refuseProblems } from '#broadcasts/problems'

export const EDIT_APPROVAL = 'broadcast.edit'

/** A second admin agrees to the texts that are to take the place of those that were sent. */
@inject()
export class EditApproval implements ApprovalHandler {
  readonly action = EDIT_APPROVAL
  readonly permission = 'broadcasts.send'

  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  /** The texts as they are stored, markup and addresses included: that is what is agreed to. */
  async describe(approval: PendingApproval) {
    const broadcast = await Broadcast.findOrFail(Number(approval.subjectId))
    return {
      title: words('edit_title', { title: broadcast.title }),
      facts: textsOf(approval).flatMap((text) => factsOf(text, broadcast.isTest)),
      link: { route: 'admin.broadcasts.show', params: [broadcast.reference] },
    }
  }

  /** Refuses with `broadcast_not_found`, `wrong_status`, `stale` and for the reasons of the edit itself. */
  async execute(trx: Trx, approval: PendingApproval, approver: Actor) {
    const now = this.clock.now()
    const texts = textsOf(approval)
    const broadcast = await Broadcast.query({ client: trx }).where('id', approval.subjectId).forUpdate().first()
    if (!broadcast) return refuse('broadcast_not_found')
    if (!EDITABLE.includes(broadcast.status)) return refuse('wrong_status', { status: broadcast.status })
    if (broadcast.version !== approval.payload.version) return refuse('stale')
    const problems = texts.flatMap((text) => storedProblem(text) ?? [])
    if (problems.length) return refuseProblems(problems)
    const fault = await editFault(trx, broadcast, texts, now)
    if (fault) return fault

    const before = { status: broadcast.status }
    await beginEdit(trx, broadcast, texts, now)
    await this.audit.record(trx, {
      actor: approver,
      action: 'broadcast.sent_edited',
      subjectType: 'broadcast',
      subjectId: broadcast.id,
      before,
      after: { status: broadcast.status, requestedBy: approval.requestedBy },
    })
    return ok(broadcast)
  }
}

/** What a request to edit would put into the chats. */
export const textsOf = ({ payload }: Pick<PendingApproval, 'payload'>) => payload.texts as StoredVariant[]

function factsOf({ locale, variant, html, buttons, mediaKey }: StoredVariant, isTest: boolean) {
  const language = i18nManager.locale(i18nManager.defaultLocale).t(`panel.broadcasts.languages.${locale}`)
  const label = isTest ? `${language}, ${variant}` : language
  const pressed = buttons.flat().map((button) => `${button.text}: ${targetOf(button)}`)
  return [
    ...(html ? [{ label, value: html }] : []),
    ...(mediaKey ? [{ label: `${label}, ${words('image')}`, value: words('image_shown') }] : []),
    ...(pressed.length ? [{ label: `${label}, ${words('buttons')}`, value: pressed.join(', ') }] : []),
  ]
}

const targetOf = (button: BroadcastButton) => ('url' in button ? button.url : button.action)

const words = (key: string, params?: Record<string, string | number>) =>
  i18nManager.locale(i18nManager.defaultLocale).t(`panel.broadcasts.approval.${key}`, params)
