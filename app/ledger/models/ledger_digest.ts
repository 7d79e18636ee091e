import { LedgerDigestSchema } from '#database/schema'

/** One sealed day. */
export default class LedgerDigest extends LedgerDigestSchema {
  static table = 'ledger_digests'
}
