import type { HttpContext } from '@adonisjs/core/http'
import type { Refusal } from '#core/result'
import { fileSize } from '#admin/shared/file_size'
import { flashFieldRefusal } from '#admin/shared/flash_result'
import { panelText, refusalText } from '#admin/shared/words'

/** At which field a refusal of the actions belongs; one of the form says so itself. */
const FIELDS: Record<string, string> = {
  title_length: 'title',
  description_length: 'description',
  date_in_past: 'endsAt',
  market_ended: 'endsAt',
  category_not_found: 'categoryId',
  category_archived: 'categoryId',
  image_not_found: 'image',
  stake_not_positive: 'maxStake',
  exposure_not_positive: 'exposureLimit',
  fee_out_of_range: 'fee',
  market_has_bets: 'pricing',
}

const IMAGE_CODES = ['image_too_large', 'not_an_image', 'image_sides', 'image_ratio']

/** Shows why a market was not saved: at its field where it has one, else above the page; what was typed stays. */
export function flashMarketRefusal(ctx: HttpContext, refusal: Refusal) {
  const field = refusal.params?.field ?? FIELDS[refusal.code]
  if (field) return flashFieldRefusal(ctx, String(field), textOf(refusal))
  ctx.session.flashAll()
  ctx.session.flash('error', textOf(refusal))
}

function textOf({ code, params }: Refusal) {
  if (!IMAGE_CODES.includes(code)) return refusalText({ code, params })
  const sizes = params?.size && { size: fileSize(Number(params.size)), limit: fileSize(Number(params.limit)) }
  return panelText(`broadcasts.problems.${code}`, { ...params, ...(sizes || {}) })
}
