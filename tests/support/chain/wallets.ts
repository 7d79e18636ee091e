import app from '@adonisjs/core/services/app'
import { CreateWallet } from '#chain/actions/create_wallet'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { CustomerFactory } from '#database/factories/customer_factory'
import { accepted } from '#tests/support/ledger'

/** A customer with a wallet of their own. */
export async function customerWithWallet() {
  const customer = await CustomerFactory.create()
  const action = await app.container.make(CreateWallet)
  return { customer, wallet: accepted(await action.run({ customerId: customer.id, actor: SYSTEM_ACTOR })) }
}
