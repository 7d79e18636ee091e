import { ok, refuse } from '#core/result'
import { REASON_MAX_LENGTH } from '#payments/values'

/** Why an admin does it, trimmed. Refuses `reason_required` and `reason_too_long`. */
export function reasonOf(text: string) {
  const reason = text.trim()
  if (!reason) return refuse('reason_required')
  return reason.length > REASON_MAX_LENGTH ? refuse('reason_too_long', { max: REASON_MAX_LENGTH }) : ok(reason)
}
