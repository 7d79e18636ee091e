import type { HttpContext } from '@adonisjs/core/http'
import type { Refusal } from '#core/result'
import { LANGUAGES } from '#customers/languages'
import { flashFieldRefusal } from '#admin/shared/flash_result'
import { panelText, refusalText } from '#admin/shared/words'

/** At which field a refusal of the actions belongs. */
const FIELDS: Record<string, string> = {
  mission_code_invalid: 'missionCode',
  mission_code_taken: 'missionCode',
  mission_target_out_of_range: 'target',
  mission_reward_out_of_range: 'reward',
  mission_emoji_required: 'emoji',
  mission_title_required: 'title_en',
  mission_description_required: 'description_en',
}

const TOO_LONG: Record<string, string> = {
  mission_title_too_long: 'title',
  mission_description_too_long: 'description',
}

/** Shows why a mission was not saved: at its field where it has one, else above the page; what was typed stays. */
export function flashMissionRefusal(ctx: HttpContext, refusal: Refusal) {
  const field = fieldOf(ctx, refusal)
  if (field) return flashFieldRefusal(ctx, field, textOf(refusal))
  ctx.session.flashAll()
  ctx.session.flash('error', textOf(refusal))
}

function fieldOf({ request }: HttpContext, { code, params }: Refusal): string | undefined {
  if (code === 'mission_parameter_invalid') return `parameter_${params?.name}`
  if (!TOO_LONG[code]) return params?.field === undefined ? FIELDS[code] : String(params.field)
  const fields = LANGUAGES.map((language) => `${TOO_LONG[code]}_${language}`)
  return fields.find((name) => request.input(name, '').trim().length > Number(params?.longest))
}

function textOf(refusal: Refusal) {
  if (refusal.code === 'stale') return panelText('missions.stale')
  if (refusal.code === 'mission_parameter_invalid')
    return panelText(`missions.parameters.${refusal.params?.name}.invalid`)
  return refusalText(refusal)
}
