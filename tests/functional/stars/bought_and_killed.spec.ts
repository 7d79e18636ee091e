import { once } from 'node:events'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { InvoicePurchase } from '#stars/actions/buy_by_invoice'
import StarOrder from '#stars/models/star_order'
import { SandboxServer } from '#sandbox/server'
import { endProcess, runScript, startScript } from '#tests/support/processes'
import { StarsWorld } from '#tests/support/stars/world'

const SCRIPT = new URL('scripts/buy.ts', import.meta.url)

test.group('A purchase by invoice whose process is killed', (group) => {
  const world = new StarsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  test('{$self} the invoice is made: a second click makes one order and one invoice of it')
    .with(['before', 'after'] as const)
    .run(async ({ assert, cleanup }, point) => {
      const sandbox = await SandboxServer.start({ samples: false })
      cleanup(() => sandbox.stop())
      const env = sandbox.services
      const purchase = await world.purchase(await world.customer({ ton: '0' }), {}, 'invoice')
      const input: InvoicePurchase = { ...purchase, provider: 'crypto_pay', currency: 'TON' }

      const { child } = startScript(SCRIPT, [input, point], { env })
      await once(child, 'message')
      await endProcess(child, 'SIGKILL')
      const killed = await StarOrder.firstOrFail()
      assert.equal(killed.status, 'created')

      assert.equal(await runScript(SCRIPT, [input], { env }), 'awaiting_payment')
      const orders = await StarOrder.all()
      const invoices = await db.from('invoices').where('status', 'pending')
      assert.deepEqual([orders.length, invoices.length], [1, 1])
      assert.equal(orders[0].invoiceId, invoices[0].id)
    })
    .timeout(60_000)
})
