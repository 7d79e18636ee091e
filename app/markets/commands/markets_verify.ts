import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

export default class MarketsVerify extends BaseCommand {
  static commandName = 'markets:verify'
  static description = 'Prove that markets, bets and records agree with each other and with the ledger'
  static options: CommandOptions = { startApp: true }

  async run() {
    const { verifyMarkets } = await import('#markets/verify/verify_markets')
    const tally = { markets: 0, positions: 0, bets: 0, bettors: 0 }
    let offences = 0
    for await (const { subject, fault } of verifyMarkets(tally)) {
      offences++
      this.logger.error(`${subject} ${fault}`)
    }
    const { markets, positions, bets, bettors } = tally
    this.logger.info(`${markets} markets, ${positions} positions, ${bets} bets, ${bettors} bettors`)
    if (offences === 0) this.logger.success('Markets, bets and the ledger agree')
    else
      this.logger.error(`${offences} ${offences === 1 ? 'offence' : 'offences'}: markets do not agree with their bets`)
    this.exitCode = offences === 0 ? 0 : 1
  }
}
