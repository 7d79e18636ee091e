import type { BroadcastMessage } from '#core/contracts/broadcast_content'
import type { ClaimedRow } from '#notifications/sender/claimed_row'

/** A row with all that is needed to write its call. */
export interface PreparedRow {
  row: ClaimedRow
  /** Null with operation `delete`. */
  message: BroadcastMessage | null
  /** Key of the photo that the call itself carries. */
  photo: string | null
}
