/** How many strangers were in each round that was played before anybody came. */
const ROUNDS = [3, 5]
/** So that what was played counts as settled. */
const CONFIRMATIONS = 30

/**
 * Rounds of the raffle that are over, so that the panel has something to show: played by strangers on the sandbox's
 * chain, as the listener of the product will find them. `post` sends to the sandbox's chain.
 */
export async function playRounds(sandboxUrl, post) {
  const { interval, vrfMs } = await terms(sandboxUrl)
  await settings(0, 0)
  for (const players of ROUNDS) {
    for (let entered = 0; entered < players; entered++) await post('stranger', {})
    await post('own', { contract: 'raffle', method: 'performUpkeep', args: ['0x'] })
    await post('mine', { blocks: 1 })
    await post('mine', { blocks: 1 })
  }
  await settings(interval, vrfMs)
  await post('mine', { blocks: CONFIRMATIONS })

  async function settings(seconds, answerMs) {
    await post('own', { contract: 'raffle', method: 'setInterval', args: [seconds] })
    await post('', { vrfMs: answerMs }, 'PATCH')
    await post('mine', { blocks: 1 })
  }
}

async function terms(sandboxUrl) {
  const answer = await fetch(`${sandboxUrl}/sandbox/evm`)
  const { raffle, vrfMs } = await answer.json()
  return { interval: Number(raffle.interval), vrfMs }
}
