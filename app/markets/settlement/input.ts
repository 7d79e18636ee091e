import type { Actor } from '#core/contracts/audit'
import { ok, refuse, type Result } from '#core/result'
import type { MarketKey } from '#markets/settlement/locks'
import type MarketSettlement from '#markets/models/market_settlement'

export const NOTE_MAX_LENGTH = 1000
export const EVIDENCE_MAX_LENGTH = 500

/** How a market is named, and what the admin who decides about it was shown. */
export interface DecisionInput extends MarketKey {
  note: string | null
  /** `seen` of the preview; null where nobody looked at one. */
  expected: string | null
  actor: Actor
}

/** Being carried out, or waiting for a second admin. */
export interface Decided {
  status: 'running' | 'awaiting_approval'
  settlement: MarketSettlement
}

/** Trimmed, null when empty. Refuses `note_required` and `note_too_long`. */
export function readNote(text: string | null, isRequired: boolean): Result<string | null> {
  const note = text?.trim() || null
  if (!note && isRequired) return refuse('note_required')
  if (note && note.length > NOTE_MAX_LENGTH) return refuse('note_too_long', { max: NOTE_MAX_LENGTH })
  return ok(note)
}

/** An address of the web. Refuses `evidence_invalid`. */
export function readEvidence(text: string | null): Result<string | null> {
  const address = text?.trim() || null
  if (!address) return ok(null)
  if (address.length > EVIDENCE_MAX_LENGTH || !URL.canParse(address)) return refuse('evidence_invalid')
  return ['http:', 'https:'].includes(new URL(address).protocol) ? ok(address) : refuse('evidence_invalid')
}
