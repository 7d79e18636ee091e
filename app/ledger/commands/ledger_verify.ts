import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

export default class LedgerVerify extends BaseCommand {
  static commandName = 'ledger:verify'
  static description = 'Prove that the books add up and that no sealed day was changed; names whatever offends'
  static options: CommandOptions = { startApp: true }

  async run() {
    const { verifyLedger } = await import('#ledger/verify/verify_ledger')
    const { default: LedgerDigest } = await import('#ledger/models/ledger_digest')
    const tally = { transfers: 0, entries: 0, accounts: 0 }
    let offences = 0
    for await (const { check, subject, fault } of verifyLedger(tally)) {
      offences++
      this.logger.error(`${check}: ${subject} ${fault}`)
    }
    const { transfers, entries, accounts } = tally
    this.logger.info(`${transfers} transfers, ${entries} entries, ${accounts} accounts`)
    const last = await LedgerDigest.query().orderBy('id', 'desc').first()
    if (last) this.logger.info(`sealed until ${last.day}: ${last.digest}`)
    if (offences === 0) this.logger.success('The books add up')
    else this.logger.error(`${offences} ${offences === 1 ? 'offence' : 'offences'}: the books do not add up`)
    this.exitCode = offences === 0 ? 0 : 1
  }
}
