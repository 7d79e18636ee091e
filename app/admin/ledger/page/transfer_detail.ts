import { inject } from '@adonisjs/core'
import { Money } from '#core/money/money'
import { LedgerReferences } from '#ledger/references/references'
import LedgerEntry from '#ledger/models/ledger_entry'
import LedgerAccount from '#ledger/models/ledger_account'
import LedgerHold from '#ledger/models/ledger_hold'
import LedgerTransfer from '#ledger/models/ledger_transfer'
import { causeText } from '#admin/ledger/page/cause_words'
import { namesOfCodes } from '#admin/ledger/page/account_names'

/** A transfer with its entries, what caused it, what it corrects, what corrects it, and its hold. */
@inject()
export class TransferDetail {
  constructor(private references: LedgerReferences) {}

  async of(id: number) {
    const transfer = await LedgerTransfer.findOrFail(id)
    const reference = transfer.referenceType ? { type: transfer.referenceType, id: transfer.referenceId! } : null
    const causeOf = await this.references.causesOf([reference])
    return {
      transfer,
      entries: await this.entries(id),
      cause: causeText(reference, causeOf(reference)),
      corrections: await LedgerTransfer.query().where('corrects_id', id).orderBy('id'),
      hold: await LedgerHold.query().where('transfer_id', id).orWhere('closing_transfer_id', id).first(),
    }
  }

  async entries(transferId: number) {
    const entries = await LedgerEntry.query().where('transfer_id', transferId).orderBy('id')
    const ids = entries.map(({ accountId }) => accountId)
    const accounts = await LedgerAccount.query().whereIn('id', ids)
    const nameOf = await namesOfCodes(accounts.map(({ code }) => code))
    return entries.map(({ id, accountId, money, balance, currency }) => {
      const text = nameOf(accounts.find((account) => account.id === accountId)!.code)
      return { id, accountId, text, money, after: Money.of(balance, currency) }
    })
  }
}
