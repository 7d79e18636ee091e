import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { parseAddress } from '#chain/addresses'
import { Chain } from '#chain/chain_config'
import { nameOf } from '#admin/customers/customers_list'
import { panelText } from '#admin/shared/words'

/** Who an address belongs to, as far as we know. */
export interface NamedAddress {
  address: string
  /** Null for somebody we don't know. */
  name: string | null
  /** Name of the route of its page, and the parameter. */
  link: { route: string; params: string[] } | null
}

/** Names of addresses by their lower-case form: wallets of customers, the treasury, the contracts. */
export async function addressNames(keys: Array<string | null>): Promise<(key: string) => NamedAddress> {
  const known = await contracts()
  for (const row of await walletsOf(keys)) {
    const name = row.owner === 'treasury' ? panelText('chain.names.treasury') : nameOf({ ...row, id: row.customer_id })
    known.set(row.address_key, {
      ...{ address: row.address, name },
      link: { route: 'admin.wallets.show', params: [row.address] },
    })
  }
  for (const key of keys) {
    if (key !== null && !known.has(key)) known.set(key, { address: await written(key), name: null, link: null })
  }
  return (key) => known.get(key)!
}

/** As people write it (EIP-55). The library that knows how is not loaded while the chain is off. */
async function written(key: string) {
  const chain = await app.container.make(Chain)
  const address = chain.config && (await parseAddress(key))
  return address?.ok ? address.value : key
}

async function contracts() {
  const chain = await app.container.make(Chain)
  const { config } = chain
  const named = (address: string, name: string): [string, NamedAddress] => [
    address.toLowerCase(),
    { address, name: panelText(`chain.names.${name}`), link: null },
  ]
  return new Map(config ? [named(config.usdt, 'usdt'), named(config.raffle, 'raffle')] : [])
}

function walletsOf(keys: Array<string | null>) {
  const wanted = [...new Set(keys.filter((key) => key !== null))]
  return db
    .from('chain_wallets')
    .leftJoin('customers', 'customers.id', 'chain_wallets.customer_id')
    .whereIn('chain_wallets.address_key', wanted)
    .select('chain_wallets.address', 'chain_wallets.address_key', 'chain_wallets.owner', 'chain_wallets.customer_id')
    .select('customers.first_name', 'customers.last_name', 'customers.username')
}
