import type { RecipientRow } from '#admin/broadcasts/lists/recipients_list'
import { hasWords, words } from '#admin/broadcasts/words'

const TONES: Record<RecipientRow['outcome'], string> = {
  open: 'neutral',
  deferred: 'accent',
  sent: 'success',
  blocked: 'warning',
  failed: 'danger',
  unknown: 'danger',
  cancelled: 'neutral',
}

export const outcomeTone = (outcome: RecipientRow['outcome']) => TONES[outcome]

/** Why a row stands as it does: the reason in words, and what Telegram said. */
export function reasonText({ reason, error }: Pick<RecipientRow, 'reason' | 'error'>): string {
  const why = reason && hasWords(`reasons.${reason}`) ? words(`reasons.${reason}`) : reason
  return [why, error].filter(Boolean).join(': ')
}
