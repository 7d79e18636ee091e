import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import LedgerDigest from '#ledger/models/ledger_digest'
import LedgerProof from '#ledger/models/ledger_proof'
import { LedgerTotalsQuery } from '#ledger/queries/ledger_totals_query'
import { permission } from '#admin/abilities/permissions'
import { accountText } from '#admin/shared/account_words'

/** What customers and the house have, by currency; each number opens the entries that sum to it. */
@inject()
export default class LedgerController {
  constructor(private totals: LedgerTotalsQuery) {}

  async index({ bouncer, view }: HttpContext) {
    await bouncer.authorize(permission, 'ledger.view')
    return view.render('admin/ledger/index', {
      currencies: await this.totals.run(),
      proof: await LedgerProof.query().orderBy('id', 'desc').first(),
      digest: await LedgerDigest.query().orderBy('id', 'desc').first(),
      accountText,
    })
  }
}
