import app from '@adonisjs/core/services/app'
import { RaffleContract } from '#chain/contracts/raffle'
import { Usdt } from '#chain/contracts/usdt'
import type ChainOperation from '#chain/models/chain_operation'
import type { OperationHandler } from '#chain/operations/operation_handlers'
import type { Waiting } from '#chain/operations/reasons'
import type { OperationKind } from '#chain/values'
import type { Trx } from '#core/database/transaction'
import { ok, type Result } from '#core/result'

/** Of the raffle, in minor units of USDT. */
export const FEE = 5_000_000n

/** Enters the raffle or sends USDT; says what it is told to, and writes down what it hears. */
export class TestHandler implements OperationHandler {
  answer: Result<unknown> = ok()
  holds: (trx?: Trx) => Waiting | null = () => null
  heard: string[] = []

  constructor(readonly kind: OperationKind) {}

  async check() {
    return this.answer
  }

  async hold(trx?: Trx) {
    return this.holds(trx)
  }

  async call(operation: ChainOperation) {
    const [raffle, usdt] = [await app.container.make(RaffleContract), await app.container.make(Usdt)]
    if (this.kind === 'enter') {
      const data = await raffle.encode('enterRaffle')
      return { kind: 'enter' as const, to: raffle.address, data, allowance: FEE }
    }
    if (this.kind === 'draw') {
      const data = await raffle.encode('performUpkeep', ['0x'])
      return { kind: 'draw' as const, to: raffle.address, data }
    }
    const data = usdt.transferData(operation.toKey!, operation.amount!)
    return { kind: 'withdraw' as const, to: usdt.address, data }
  }

  async changed(_: unknown, { status, reason }: ChainOperation) {
    this.heard.push(reason ? `${status}: ${reason}` : status)
  }
}
