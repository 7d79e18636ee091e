import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { playRounds } from './demo_rounds.js'

const PATIENCE_MS = 60_000
const FIRST_SAMPLE_ID = 200_001
const ENOUGH_GAS = 10n ** 18n

/** Throws with what to do when something listens there already. */
export async function assertFree(host, port) {
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`PORT must be a port from 1 to 65535 (it is "${port}").`)
  const error = await tryToListen(host, port)
  if (error?.code === 'EADDRINUSE') {
    throw new Error(
      `Port ${port} is taken by another program: stop it, or choose another: PORT=${port + 1} npm run demo`
    )
  }
  if (error) throw new Error(`The demo can't listen on ${host}:${port}: ${error.message}`)
}

/** The sandbox may lie anywhere: the next free port does. */
export async function freePortFrom(first) {
  for (let port = first; port < first + 50; port++) if (!(await tryToListen('127.0.0.1', port))) return port
  throw new Error(`No port from ${first} to ${first + 49} is free for the sandbox: stop what listens there.`)
}

/** Waits until the address answers with success. */
export async function waitFor(url) {
  const until = performance.now() + PATIENCE_MS
  while (performance.now() < until) {
    const response = await fetch(url, { redirect: 'manual' }).catch(() => null)
    await response?.body?.cancel()
    if (response && response.status < 400) return
    await sleep(100)
  }
  throw new Error(`Nothing answers at ${url} after ${PATIENCE_MS / 1000} s.`)
}

/** The sandbox must know the sample customers, or nothing could be delivered to them; some have blocked the bot. */
export async function addSandboxPeople(sandboxUrl, count) {
  if (count === 0) return
  const known = await fetch(`${sandboxUrl}/sandbox/customers/${FIRST_SAMPLE_ID}`)
  if (known.ok) return
  const range = { from: FIRST_SAMPLE_ID, to: FIRST_SAMPLE_ID + count - 1, blockedEvery: 59 }
  const answer = await fetch(`${sandboxUrl}/sandbox/customers/range`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(range),
  })
  if (!answer.ok) throw new Error(`The sandbox did not take the sample customers: ${await answer.text()}`)
}

/** Variables with which the product finds the sandbox's payment providers in place of the real ones. */
export async function sandboxServices(sandboxUrl) {
  const answer = await fetch(`${sandboxUrl}/sandbox`)
  const { services } = await answer.json()
  return services
}

/**
 * Gas for the treasury, and test USDT for the sample customers; rounds of the raffle that are over, and two strangers in
 * the one that is open.
 */
export async function fillWallets(sandboxUrl, { treasury, customers }) {
  const post = poster(`${sandboxUrl}/sandbox/evm`)
  const { wei } = await (await fetch(`${sandboxUrl}/sandbox/evm/addresses/${treasury}`)).json()
  if (BigInt(wei) < ENOUGH_GAS) await post('faucet', { address: treasury, gas: '10' })
  if (customers.length === 0) return
  for (const address of customers) await post('faucet', { address, usdt: '50' })
  await playRounds(sandboxUrl, post)
  for (const _ of [1, 2]) await post('stranger', {})
}

const poster =
  (root) =>
  async (path, body, method = 'POST') => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(path ? `${root}/${path}` : root, { method, headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`The sandbox's chain refused: ${await answer.text()}`)
  }

async function tryToListen(host, port) {
  const server = createServer()
  try {
    server.listen(port, host)
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return null
  } catch (error) {
    return error
  }
}
