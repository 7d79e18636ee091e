import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Leases } from '#system/leases/leases'
import { Clock } from '#core/clock'
import { resetDatabase } from '#tests/support/database'
import { TestClock } from '#tests/support/test_clock'
import type { Span } from '#tests/unit/system/scripts/count_locked'
import { endProcess, startScript } from '#tests/support/processes'

const TTL = 5000

async function leasesOn(clock: Clock) {
  const resolver = app.container.createResolver()
  resolver.bindValue(Clock, clock)
  return resolver.make(Leases)
}

test.group('Leases', (group) => {
  group.each.timeout(60_000)
  group.each.setup(() => resetDatabase())

  test('given a held lease, when another asks, then it is refused until the lease expires', async ({ assert }) => {
    const clock = new TestClock()
    const leases = await leasesOn(clock)

    const first = await leases.acquire('sender', TTL)
    assert.isNull(await leases.acquire('sender', TTL))
    clock.advance(TTL - 1)
    assert.isNull(await leases.acquire('sender', TTL))
    assert.isTrue(first!.isHeld)

    clock.advance(1)
    const second = await leases.acquire('sender', TTL)
    assert.isFalse(first!.isHeld)
    assert.equal(second!.fence, first!.fence + 1)
  })

  test('given a renewed lease, then it lasts from the renewal', async ({ assert }) => {
    const clock = new TestClock()
    const leases = await leasesOn(clock)
    const lease = await leases.acquire('sender', TTL)

    clock.advance(TTL - 1)
    assert.isTrue(await leases.renew(lease!, TTL))
    clock.advance(TTL - 1)
    assert.isTrue(lease!.isHeld)
    assert.isNull(await leases.acquire('sender', TTL))
  })

  test('given a lease that ran out, then a late renewal does not revive it', async ({ assert }) => {
    const clock = new TestClock()
    const leases = await leasesOn(clock)
    const late = await leases.acquire('late', TTL)
    clock.advance(TTL)
    assert.isFalse(await leases.renew(late!, TTL))
    assert.isFalse(late!.isHeld)
    assert.isNotNull(await leases.acquire('late', TTL), 'nor does it keep others from it')

    const slow = await leases.acquire('slow', TTL)
    clock.advance(TTL - 1)
    const renewal = leases.renew(slow!, TTL)
    clock.advance(1)
    assert.isFalse(slow!.isHeld)
    assert.isFalse(await renewal)
    assert.isFalse(slow!.isHeld)
  })

  test('given a lease that another took over, then its former holder can neither renew nor release it', async ({
    assert,
  }) => {
    const clock = new TestClock()
    const leases = await leasesOn(clock)
    const former = await leases.acquire('sender', TTL)
    clock.advance(TTL)
    const present = await leases.acquire('sender', TTL)

    assert.isFalse(await leases.renew(former!, TTL))
    await leases.release(former!)
    assert.isNull(await leases.acquire('sender', TTL))
    assert.isTrue(await leases.renew(present!, TTL))
  })

  test('given a released lease, then the next holder has it at once with a higher fence', async ({ assert }) => {
    const leases = await leasesOn(new TestClock())
    const first = await leases.acquire('sender', TTL)
    await leases.release(first!)
    assert.isFalse(first!.isHeld)
    const second = await leases.acquire('sender', TTL)
    assert.equal(second!.fence, first!.fence + 1)
  })

  test('given many who ask at the same moment, then exactly one gets it', async ({ assert }) => {
    const leases = await leasesOn(new TestClock())
    const asked = await Promise.all(Array.from({ length: 20 }, () => leases.acquire('sender', TTL)))
    assert.lengthOf(
      asked.filter((lease) => lease !== null),
      1
    )
  })

  test('given several processes in contention, then no two hold it together and no fence is given twice', async ({
    assert,
  }) => {
    const contenders = Array.from({ length: 3 }, () =>
      startScript<Span[]>(new URL('scripts/count_locked.ts', import.meta.url), ['contended', 40])
    )
    await Promise.all(contenders.map(({ child }) => once(child, 'message')))
    for (const { child } of contenders) child.send('go')
    const results = await Promise.all(contenders.map(({ result }) => result))
    const spans = results.flat().sort((a, b) => a.fence - b.fence)

    assert.deepEqual(
      spans.map(({ fence }) => fence),
      Array.from({ length: 120 }, (_, index) => index + 1)
    )
    for (const [index, span] of spans.entries()) {
      if (index) assert.isAtLeast(span.from, spans[index - 1].to)
    }
  })
})

test.group('Leases | hot standby', (group) => {
  group.each.timeout(60_000)
  group.each.setup(() => resetDatabase())

  test('given a holder killed with kill -9, then the standby takes over with a higher fence', async ({ assert }) => {
    const leases = await app.container.make(Leases)
    const { child } = startScript(new URL('scripts/hold_for_ever.ts', import.meta.url), ['standby', TTL])
    const [{ fence }] = (await once(child, 'message')) as [{ fence: number }]
    const expiry = async (): Promise<number> => {
      const row = await db.from('leases').where('name', 'standby').first()
      return row.expires_at
    }
    const firstExpiry = await expiry()

    const done = new AbortController()
    const takenOver = new Promise<number>((resolve, reject) => {
      leases.runWhileHeld('standby', TTL, async (lease) => resolve(lease.fence), done.signal).catch(reject)
    })
    while ((await expiry()) < firstExpiry + TTL) await sleep(100)
    assert.equal(await Promise.race([takenOver, 'still waiting']), 'still waiting')

    await endProcess(child, 'SIGKILL')
    assert.equal(await takenOver, fence + 1)
    done.abort()
  })

  test('given a lease lost while at work, then the work is told to stop and starts over when it has it again', async ({
    assert,
  }) => {
    const clock = new TestClock()
    const leases = await leasesOn(clock)
    const fences: number[] = []
    let other: Awaited<ReturnType<Leases['acquire']>>

    await leases.runWhileHeld(
      'lost',
      60,
      async (lease, signal) => {
        fences.push(lease.fence)
        if (fences.length === 2) return
        clock.advance(60)
        other = await leases.acquire('lost', 60)
        if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
        await leases.release(other!)
      },
      new AbortController().signal
    )
    assert.deepEqual(fences, [1, 3])
  })

  test('given a stop, then the work is told, the lease is free at once and nothing starts over', async ({ assert }) => {
    const leases = await leasesOn(new TestClock())
    const stop = new AbortController()
    let runs = 0
    const running = leases.runWhileHeld(
      'stopped',
      TTL,
      async (_lease, signal) => {
        runs++
        stop.abort()
        if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
      },
      stop.signal
    )
    await running
    assert.equal(runs, 1)
    assert.isNotNull(await leases.acquire('stopped', TTL))
  })

  test('given work that fails, then the failure reaches the caller and the lease is free', async ({ assert }) => {
    const leases = await leasesOn(new TestClock())
    const failing = leases.runWhileHeld(
      'failing',
      TTL,
      async () => {
        throw new Error('broken work')
      },
      new AbortController().signal
    )
    await assert.rejects(() => failing, 'broken work')
    assert.isNotNull(await leases.acquire('failing', TTL))
  })
})
