import { once } from 'node:events'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Leases } from '#system/leases/leases'
import AuditEntry from '#staff/models/audit_entry'
import ChainCursor from '#chain/models/chain_cursor'
import { EvmWorld } from '#tests/support/chain/evm'
import { resetDatabase } from '#tests/support/database'
import { endProcess, runAce, startAce } from '#tests/support/processes'

test.group('chain:listen', (group) => {
  let world: EvmWorld

  group.setup(async () => {
    world = await EvmWorld.start()
    await world.mine(20)
    return () => world.stop()
  })
  group.each.setup(() => resetDatabase())

  const environment = (changes: Record<string, string> = {}) => ({
    CHAIN_RPC_URLS: world.rpcUrl,
    CHAIN_ID: String(world.chainId),
    CHAIN_USDT_ADDRESS: world.usdt,
    CHAIN_RAFFLE_ADDRESS: world.raffle,
    CHAIN_POLL_MS: '100',
    LOG_LEVEL: 'info',
    ...changes,
  })

  test('given no chain, then it says what to set', async ({ assert }) => {
    const { exitCode, output } = await runAce(['chain:listen'])
    assert.equal(exitCode, 1)
    assert.match(output, /CHAIN_RPC_URLS/)
  })

  test('given nodes of another chain, then it refuses to run and names both', async ({ assert }) => {
    const { exitCode, output } = await runAce(['chain:listen'], { env: environment({ CHAIN_ID: '5' }) })
    assert.equal(exitCode, 1)
    assert.match(output, /serves the chain 31337, but CHAIN_ID is 5/)
  })

  test('given a block to begin with, when it runs, then it reads from there, and SIGTERM lets the next one in', async ({
    assert,
  }) => {
    const child = startAce(['chain:listen', '--from-block=0'], { env: environment() })
    child.stderr!.resume()
    await untilSays(child, 'Following the chain 31337')
    const exitCode = await endProcess(child)
    assert.equal(exitCode, 0)

    const cursor = await ChainCursor.firstOrFail()
    assert.isNull(cursor.stopped)
    const entry = await AuditEntry.findByOrFail('action', 'chain.rewound')
    assert.equal(entry.actorType, 'operator')
    const leases = await app.container.make(Leases)
    assert.isNotNull(await leases.acquire('chain.listen:31337', 1_000))
  })
})

async function untilSays(child: ReturnType<typeof startAce>, words: string) {
  let said = ''
  for (;;) {
    const [chunk] = await once(child.stdout!, 'data')
    said += String(chunk)
    if (said.includes(words)) return
  }
}
