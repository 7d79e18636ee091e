import { connect } from 'node:net'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { resetDatabase } from '#tests/support/database'
import { freePort } from '#tests/support/environment'
import { endProcess, startAce, startServer } from '#tests/support/processes'

/** Real processes on the suite's own database. */
test.group('Shutdown', (group) => {
  group.each.setup(() => resetDatabase())
  group.each.timeout(90_000)

  const heldLeases = () => db.from('leases').where('expires_at', '>', Date.now())
  const someLease = async () => (await heldLeases().first()) !== null
  const until = async (condition: () => Promise<boolean>) => {
    while (!(await condition())) await sleep(100)
  }
  const plays = (role: string) => async () => {
    const rows = await db.from('processes').select('roles')
    return rows.some(({ roles }) => JSON.stringify(roles).includes(role))
  }

  test('given a web process with an embedded worker, when SIGTERM comes, then it ends in order with 0', async ({
    assert,
  }) => {
    const port = await freePort()
    const child = startServer({ PORT: String(port), EMBEDDED_WORKER: 'true', TELEGRAM_BOT_TOKEN: '' })
    await until(plays('schedules'))
    await until(someLease)
    const response = await fetch(`http://127.0.0.1:${port}/health`)
    assert.equal(response.status, 200)

    assert.equal(await endProcess(child, 'SIGTERM'), 0)
    assert.lengthOf(await db.from('processes'), 0)
    assert.lengthOf(await heldLeases(), 0)
  })

  test('given a connection that never finishes its request, then the end comes all the same', async ({ assert }) => {
    const port = await freePort()
    const child = startServer({ PORT: String(port), EMBEDDED_WORKER: 'false', TELEGRAM_BOT_TOKEN: '' })
    await until(plays('web'))
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    await once(socket, 'connect')
    socket.write('POST /admin/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf of it')

    assert.equal(await endProcess(child, 'SIGTERM'), 0)
    assert.lengthOf(await db.from('processes'), 0)
  })

  test('given a worker, when {$self} comes, then it ends in order with 0')
    .with(['SIGTERM', 'SIGINT'] as const)
    .run(async ({ assert }, signal) => {
      const child = startAce(['queue:work'], { env: { TELEGRAM_BOT_TOKEN: '' } })
      await until(plays('schedules'))
      await until(someLease)

      assert.equal(await endProcess(child, signal), 0)
      assert.lengthOf(await db.from('processes'), 0)
      assert.lengthOf(await heldLeases(), 0)
    })

  test('given a port in use, then the process says so and ends with 1', async ({ assert }) => {
    const child = startServer({ PORT: process.env.PORT!, TELEGRAM_BOT_TOKEN: '' })
    const output: Buffer[] = []
    child.stderr!.on('data', (chunk) => output.push(chunk))
    const [exitCode] = await once(child, 'close')
    assert.equal(exitCode, 1)
    assert.include(Buffer.concat(output).toString(), `Port ${process.env.PORT} is taken by another program`)
  })
})
