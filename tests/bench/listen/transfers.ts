import { type EvmWorld } from '#tests/support/chain/evm'

const A_BLOCK = 50
const A_REQUEST = 50

/** Deposits to these addresses in turn, in as few blocks as a busy chain would make of them. */
export async function makeTransfers(world: EvmWorld, addresses: readonly string[], count: number) {
  await world.setBalance(world.owner, 10n ** 24n)
  await world.mint(world.owner, BigInt(count) * 1_000_000n)
  await world.automine(false)
  for (let made = 0; made < count; made += A_BLOCK) {
    const block = Array.from({ length: Math.min(A_BLOCK, count - made) }, (_, index) => {
      const to = addresses[(made + index) % addresses.length]
      const data = world.contracts.usdt.encodeFunctionData('transfer', [to, BigInt(made + index + 1)])
      return { from: world.owner, to: world.usdt, data, gas: '0x186a0' }
    })
    await sendAll(world, block)
    await world.mine()
  }
  await world.automine(true)
}

async function sendAll(world: EvmWorld, transactions: object[]) {
  for (let start = 0; start < transactions.length; start += A_REQUEST) {
    const calls = transactions.slice(start, start + A_REQUEST).map((transaction, id) => ({
      ...{ jsonrpc: '2.0', id, method: 'eth_sendTransaction', params: [transaction] },
    }))
    const response = await fetch(world.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(calls),
    })
    const answers = (await response.json()) as Array<{ error?: { message: string } }>
    const refused = answers.find(({ error }) => error)
    if (refused) throw new Error(`anvil refused a transfer: ${refused.error!.message}`)
  }
}
