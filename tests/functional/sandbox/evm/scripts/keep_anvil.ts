import { Anvil } from '#sandbox/evm/anvil'

/** Starts a node, tells the parent where it listens, and waits to be killed. */
export default async function keepAnvil() {
  const { url } = await Anvil.start({ chainId: 31_337, detached: true })
  process.send!({ url })
  return new Promise<never>(() => setInterval(() => {}, 60_000))
}
