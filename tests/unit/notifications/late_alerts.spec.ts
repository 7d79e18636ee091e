import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import type { AlertInput } from '#core/contracts/alerts'
import { Outbox } from '#core/contracts/outbox'
import { AlertDesk } from '#notifications/alerts/alert_desk'
import AdminAlert from '#notifications/models/admin_alert'
import Notification from '#notifications/models/notification'
import { deskOn, linkedAdmin, RecordingGateway, told, TROUBLE } from '#tests/support/alerts'
import { resetDatabase } from '#tests/support/database'
import { eventually } from '#tests/support/telegram/sender_world'
import { TestClock } from '#tests/support/test_clock'

test.group('Admin alerts | while the database is late', (group) => {
  group.each.setup(() => resetDatabase())

  const critical: AlertInput = { ...TROUBLE, severity: 'critical' }

  /** A desk that loses patience at once, and an outbox that goes on when the direct way has been tried. */
  async function lateDesk(send: (payload: Record<string, unknown>) => Promise<void>) {
    await linkedAdmin(11)
    const direct = Promise.withResolvers<void>()
    class Gateway extends RecordingGateway {
      async call<T>(method: string, payload: Record<string, unknown>) {
        await super.call(method, payload)
        direct.resolve()
        await send(payload)
        return {} as T
      }
    }
    const gateway = new Gateway()
    const outbox = await app.container.make(Outbox)
    const slowOutbox = {
      async write(...[trx, messages]: Parameters<Outbox['write']>) {
        await outbox.write(trx, messages)
        await direct.promise
      },
    }
    const { desk, audience } = await deskOn(new TestClock(), gateway, false, slowOutbox as Outbox)
    await audience.refresh()
    Object.assign(desk, { patienceMs: 20 })
    return { desk, gateway }
  }

  const stored = () => eventually(async () => (await AdminAlert.first()) !== null)

  test('given it answers after the alert went straight out, then nobody is told again', async ({ assert }) => {
    const { desk, gateway } = await lateDesk(async () => {})
    await desk.raise(critical)
    await stored()

    assert.lengthOf(gateway.calls, 1)
    assert.lengthOf(await told(), 0)
    const alert = await AdminAlert.firstOrFail()
    assert.isNotNull(alert.notifiedAt)
    await desk.raise(critical)
    assert.lengthOf(await told(), 0)
  })

  test('given the direct way fails, too, then the late database tells once', async ({ assert }) => {
    const { desk } = await lateDesk(async () => {
      throw new Error('Telegram does not answer')
    })
    await desk.raise(critical)
    await stored()

    await eventually(async () => (await Notification.first()) !== null)
    assert.lengthOf(await told(), 1)
  })

  /** A desk whose commit takes until `release`; `onPatience` is called with each wait for it, from 1. */
  async function committingDesk(onPatience: (wait: number, release: () => void) => Promise<void> | void) {
    await linkedAdmin(11)
    const committing = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    let waits = 0
    class CommittingDesk extends AlertDesk {
      async raiseIn(...[trx, alert, telling]: Parameters<AlertDesk['raiseIn']>) {
        await super.raiseIn(trx, alert, telling)
        committing.resolve()
        await released.promise
      }

      protected async patience() {
        await committing.promise
        await onPatience(++waits, released.resolve)
      }
    }
    const gateway = new RecordingGateway()
    const { desk, audience } = await deskOn(new TestClock(), gateway, false, undefined, CommittingDesk)
    await audience.refresh()
    return { desk, gateway, release: released.resolve }
  }

  test('given a commit that is late, then it is waited for and only the outbox tells', async ({ assert }) => {
    const { desk, gateway } = await committingDesk((wait, release) => {
      if (wait === 1) return
      release()
      return new Promise(() => {})
    })
    await desk.raise(critical)
    assert.isEmpty(gateway.calls)
    assert.lengthOf(await told(), 1)
  })

  test('given a commit that comes after the alert went straight out, then the outbox takes it back', async ({
    assert,
  }) => {
    const { desk, gateway, release } = await committingDesk(() => {})
    await desk.raise(critical)
    assert.lengthOf(gateway.calls, 1)
    release()

    await eventually(async () => (await Notification.query().where('status', 'CANCELLED').first()) !== null)
    const rows = await told()
    assert.deepEqual(
      rows.map(({ status, reason }) => [status, reason]),
      [['CANCELLED', 'told_directly']]
    )
  })
})
