import ChainWallet from '#chain/models/chain_wallet'
import { CustomerFactory } from '#database/factories/customer_factory'

/** Customers with wallets at these addresses, whose keys nobody has. */
export default async function makeWallets(chainId: number, addresses: string[]) {
  for (const address of addresses) {
    const { id: customerId } = await CustomerFactory.create()
    const keys = { dataKey: 'none', sealedKey: 'none' }
    const addressKey = address.toLowerCase()
    await ChainWallet.create({
      ...{ chainId, owner: 'customer', customerId, address, addressKey, ...keys, createdBlock: 0, createdAt: 1 },
    })
  }
}
