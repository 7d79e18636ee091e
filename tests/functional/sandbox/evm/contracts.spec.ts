import { getCreateAddress } from 'ethers'
import { test } from '@japa/runner'
import { DEPLOYER, RAFFLE_ADDRESS, USDT_ADDRESS, VRF_ADDRESS } from '#sandbox/evm/deployment'
import { runAce } from '#tests/support/processes'

test.group('Artifacts of the contracts', (group) => {
  group.each.timeout(120_000)

  test('are what their sources compile to', async ({ assert }) => {
    const { exitCode, output } = await runAce(['contracts:build', '--check'])
    assert.equal(exitCode, 0, output)
    assert.match(output, /Raffle: as it was/)
  })

  test('stand where the product is told that they do', ({ assert }) => {
    const deployed = [0, 1, 3].map((nonce) => getCreateAddress({ from: DEPLOYER, nonce }))
    assert.deepEqual([USDT_ADDRESS, VRF_ADDRESS, RAFFLE_ADDRESS], deployed)
  })
})
