/** A refusal as toncenter answers it: `{"ok": false, "error": ..., "code": ...}`. */
export class TonError extends Error {
  constructor(
    message: string,
    readonly code = 500
  ) {
    super(message)
  }
}

/** The wallet's own code said no: seqno 133, wallet id 134, signature 135, expired 136 (its `exit_code`s). */
export function notAccepted(exitCode: number): TonError {
  return new TonError(
    'LITE_SERVER_UNKNOWN: cannot apply external message to current state : External message was not accepted\n' +
      `Cannot run message on account: inbound external message rejected by transaction: exitcode=${exitCode}, steps=23, gas_used=0`
  )
}

export function noState(): TonError {
  return new TonError(
    'LITE_SERVER_UNKNOWN: cannot apply external message to current state : Failed to unpack account state'
  )
}
