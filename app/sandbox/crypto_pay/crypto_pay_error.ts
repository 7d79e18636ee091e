/** A refusal in the words of Crypto Pay: `{"ok": false, "error": {"code": 400, "name": "AMOUNT_TOO_SMALL"}}`. */
export class CryptoPayError extends Error {
  constructor(
    readonly errorName: string,
    readonly code = 400
  ) {
    super(errorName)
  }
}
