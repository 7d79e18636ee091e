import type { HttpContext } from '@adonisjs/core/http'
import type { Result } from '#core/result'
import type { Decided } from '#markets/settlement/input'
import { UNFLASHED } from '#core/exceptions/unflashed'
import { flashFieldRefusal } from '#admin/shared/flash_result'
import { panelText, refusalText } from '#admin/shared/words'

/** At which field a refusal belongs. */
const FIELDS: Record<string, string> = {
  evidence_required: 'evidenceUrl',
  evidence_invalid: 'evidenceUrl',
  note_required: 'note',
  note_too_long: 'note',
  not_ended: 'confirmEarly',
}

/** Goes back to the market with what was decided, or to the form with why not and what was typed. */
export function answerDecision(ctx: HttpContext, result: Result<Decided>, reference: string, form: string) {
  const market = `/admin/markets/${reference}`
  if (result.ok) {
    ctx.session.flash('success', panelText(`markets.decided.${result.value.status}`))
    return ctx.response.redirect().toPath(market)
  }
  const field = FIELDS[result.refusal.code]
  if (field) flashFieldRefusal(ctx, field, refusalText(result.refusal))
  else {
    ctx.session.flashExcept(UNFLASHED)
    ctx.session.flash('error', refusalText(result.refusal))
  }
  return ctx.response.redirect().toPath(`${market}/${form}`)
}
