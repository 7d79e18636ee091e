import type { ApplicationService } from '@adonisjs/core/types'
import type { Actor } from '#core/contracts/audit'

const SAMPLE_WALLETS = 5

/**
 * Wallets that the demo fills with money of its sandbox's chain: the treasury's, and those of some sample customers, who
 * get theirs once. Nothing without a chain.
 */
export async function demoWallets(app: ApplicationService, actor: Actor) {
  const { Chain } = await import('#chain/chain_config')
  const chain = await app.container.make(Chain)
  if (!chain.config) return null

  const { Treasury } = await import('#chain/treasury/treasury')
  const treasury = await app.container.make(Treasury)
  const { address } = await treasury.wallet()
  return { treasury: address, customers: await customersWallets(app, chain.config.chainId, actor) }
}

/** Of those who have none yet; nobody's on a second run. */
async function customersWallets(app: ApplicationService, chainId: number, actor: Actor) {
  const { default: ChainWallet } = await import('#chain/models/chain_wallet')
  if (await ChainWallet.query().where({ chainId, owner: 'customer' }).first()) return []

  const { default: Customer } = await import('#customers/models/customer')
  const { CreateWallet } = await import('#chain/actions/create_wallet')
  const createWallet = await app.container.make(CreateWallet)
  const addresses: string[] = []
  for (const { id } of await Customer.query().orderBy('id').limit(SAMPLE_WALLETS)) {
    const made = await createWallet.run({ customerId: id, actor })
    if (made.ok) addresses.push(made.value.address)
  }
  return addresses
}
