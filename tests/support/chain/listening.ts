import app from '@adonisjs/core/services/app'
import { CreateWallet } from '#chain/actions/create_wallet'
import { Listener } from '#chain/listener/listener'
import type ChainWallet from '#chain/models/chain_wallet'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { accepted, newCustomerId } from '#tests/support/ledger'

/** Makes a listener of the chain that is bound now. */
export const newListener = () => app.container.make(Listener)

/** Until there is nothing more to do. */
export async function catchUp(listener: Listener) {
  while ((await listener.cycle()) === 'busy');
}

/** A wallet of a new customer. */
export async function newWallet(): Promise<ChainWallet & { customerId: number }> {
  const wallets = await app.container.make(CreateWallet)
  const wallet = accepted(await wallets.run({ customerId: await newCustomerId(), actor: SYSTEM_ACTOR }))
  return wallet as ChainWallet & { customerId: number }
}
