import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import type { EventEffect } from '#chain/listener/event_effects'
import { depositNotice } from '#chain/listener/effects/deposit_notice'
import { EffectRefused } from '#chain/listener/effects/problem'
import type ChainEvent from '#chain/models/chain_event'
import ChainWallet from '#chain/models/chain_wallet'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { Outbox } from '#core/contracts/outbox'
import type { Trx } from '#core/database/transaction'
import { custody, system, type AccountRef } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import type { TransferKind } from '#ledger/transfer_kinds'

const RAFFLE = system('raffle', 'USDT')
const OUTSIDE = system('clearing:evm', 'USDT')

/** The books say of USDT in custody what the chain says: each confirmed transfer is one of the ledger. */
@inject()
export class MirrorTransfer implements EventEffect {
  readonly name = 'Transfer'

  constructor(
    private chain: Chain,
    private ledger: Ledger,
    private outbox: Outbox
  ) {}

  async confirmed(trx: Trx, event: ChainEvent): Promise<void> {
    if (event.money === null)
      throw new EffectRefused(`${event.args.value} minor units are more than the books can hold`)
    const [from, to] = await this.#accounts(trx, event)
    /** Anybody may move nothing in anybody's name, to put their address into a history. */
    if (event.money.isZero || from.code === to.code) return
    const posted = await this.ledger.transfer(trx, {
      kind: kindOf(from, to),
      key: keyOf(event),
      postings: [{ from, to, amount: event.money }],
      reference: { type: 'chain_event', id: event.id },
      actor: SYSTEM_ACTOR,
    })
    if (!posted.ok) throw new EffectRefused(`${posted.refusal.code} ${JSON.stringify(posted.refusal.params ?? {})}`)
    if (to.kind === 'custody' && from !== RAFFLE) {
      const notice = await depositNotice(trx, { customerId: to.customerId!, money: event.money, key: keyOf(event) })
      if (notice) await this.outbox.write(trx, notice)
    }
  }

  async #accounts(trx: Trx, { fromKey, toKey, chainId }: ChainEvent): Promise<[AccountRef, AccountRef]> {
    const wallets = await ChainWallet.query({ client: trx })
      .where({ chainId, owner: 'customer' })
      .whereIn('addressKey', [fromKey!, toKey!])
      .select('addressKey', 'customerId')
    const raffleKey = this.chain.required.raffle.toLowerCase()
    const accountOf = (key: string) => {
      if (key === raffleKey) return RAFFLE
      const wallet = wallets.find(({ addressKey }) => addressKey === key)
      return wallet ? custody(wallet.customerId!) : OUTSIDE
    }
    return [accountOf(fromKey!), accountOf(toKey!)]
  }
}

const keyOf = ({ chainId, txHash, ordinal }: ChainEvent) => `chain:${chainId}:${txHash}:${ordinal}`

function kindOf(from: AccountRef, to: AccountRef): TransferKind {
  if (to === RAFFLE) return 'raffle_entry'
  if (from === RAFFLE) return 'raffle_prize'
  return from.kind === 'custody' ? 'withdrawal' : 'deposit'
}
