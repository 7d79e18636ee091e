import fc from 'fast-check'
import { test } from '@japa/runner'
import { WriteGate } from '#notifications/pace/write_gate'

test.group('Write gate', () => {
  test('no sliding second holds more writes than the pace, whatever stalls come between', ({ assert }) => {
    const stalls = fc.array(
      fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 900 })),
      {
        minLength: 60,
        maxLength: 200,
      }
    )
    fc.assert(
      fc.property(stalls, fc.integer({ min: 1, max: 29 }), (gaps, rate) => {
        const gate = new WriteGate()
        const writes: number[] = []
        let now = 0
        for (const gap of gaps) {
          now += gap
          now = Math.max(now, gate.opensAt(rate))
          gate.written(now)
          writes.push(now)
        }
        for (let i = rate; i < writes.length; i++) assert.isAbove(writes[i] - writes[i - rate], 1000)
      })
    )
  })

  test('knows of the answers of the bot, before and ahead of its own calls', ({ assert }) => {
    const gate = new WriteGate()
    for (const moment of [0, 100, 60, 140, 120]) gate.written(moment)
    assert.equal(gate.opensAt(5), 1002)
    assert.equal(gate.opensAt(4), 1062)
  })

  test('does not slow down who keeps the pace', ({ assert }) => {
    const gate = new WriteGate()
    for (let i = 0; i < 100; i++) {
      assert.isAtMost(gate.opensAt(29), i * 34.6)
      gate.written(i * 34.6)
    }
  })
})
