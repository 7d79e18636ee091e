import db from '@adonisjs/lucid/services/db'
import { DayDigest, GENESIS } from '#ledger/digests/digest'
import { transferSlices, type BookedEntry, type BookedTransfer } from '#ledger/digests/transfer_slices'
import LedgerDigest from '#ledger/models/ledger_digest'
import type { Offence, Tally } from '#ledger/verify/offence'

/**
 * Every transfer with its entries, once through: each sums to zero in each currency, and so does each currency as a
 * whole; each entry is of an account of its kind; each sealed day is what was sealed.
 */
export async function* verifyTransfers(tally: Tally, signal?: AbortSignal): AsyncGenerator<Offence> {
  const totals = new Map<string, bigint>()
  let after = 0
  let previous = GENESIS
  for (const sealed of await LedgerDigest.query().orderBy('id')) {
    const digest = new DayDigest(previous, sealed.day)
    yield* walk(after, sealed.lastTransferId, { tally, totals, digest, signal })
    if (signal?.aborted) return
    if (digest.value() !== sealed.digest) {
      yield { check: 'digest', subject: `day ${sealed.day}`, fault: 'is not what was sealed' }
    }
    after = sealed.lastTransferId
    previous = sealed.digest
  }
  const last = await db.from('ledger_transfers').max('id as id').first()
  yield* walk(after, last?.id ?? 0, { tally, totals, signal })
  for (const [currency, total] of totals) {
    if (total !== 0n) yield { check: 'currency', subject: currency, fault: `sums to ${total}, not to zero` }
  }
}

interface Walk {
  tally: Tally
  totals: Map<string, bigint>
  digest?: DayDigest
  signal?: AbortSignal
}

async function* walk(after: number, last: number, { tally, totals, digest, signal }: Walk): AsyncGenerator<Offence> {
  for await (const transfers of transferSlices(after, last)) {
    if (signal?.aborted) return
    for (const transfer of transfers) {
      tally.transfers++
      tally.entries += transfer.entries.length
      digest?.add(transfer)
      yield* faultsOf(transfer, totals)
    }
  }
}

function* faultsOf({ id, entries }: BookedTransfer, totals: Map<string, bigint>): Generator<Offence> {
  const subject = `transfer ${id}`
  if (entries.length < 2) yield { check: 'transfer', subject, fault: `has ${entries.length} of two entries or more` }
  const sums = new Map<string, bigint>()
  for (const entry of entries) {
    const amount = BigInt(entry.amount)
    sums.set(entry.currency, (sums.get(entry.currency) ?? 0n) + amount)
    totals.set(entry.currency, (totals.get(entry.currency) ?? 0n) + amount)
    const fault = faultOfEntry(entry)
    if (fault) yield { check: 'entry', subject: `entry ${entry.id}`, fault }
  }
  for (const [currency, sum] of sums) {
    if (sum !== 0n) yield { check: 'transfer', subject, fault: `sums to ${sum} ${currency}, not to zero` }
  }
}

function faultOfEntry({ code, currency, account_kind: kind, account_id: accountId }: BookedEntry) {
  if (code === null) return `belongs to no account (${accountId})`
  return code.startsWith(`${currency}:${kind}:`) ? null : `calls itself ${currency} ${kind} in the account ${code}`
}
