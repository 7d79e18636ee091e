import fc from 'fast-check'
import { test } from '@japa/runner'
import { ChatSpacing } from '#notifications/sender/chat_spacing'

const CHAT = 7

test.group('Chat spacing', () => {
  test('one message a second to a chat, whatever the order of events', ({ assert }) => {
    const rows = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 2, maxLength: 30 })
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 400 }), (arrivals, handling) => {
        const spacing = new ChatSpacing()
        const waiting = arrivals.map((at) => ({ at, deferred: false }))
        const written: number[] = []
        while (waiting.length > 0) {
          waiting.sort((a, b) => a.at - b.at)
          const row = waiting.shift()!
          const wait = spacing.plan(CHAT, row.at, row.deferred)
          if (wait > 0) waiting.push({ at: row.at + wait, deferred: true })
          else {
            spacing.written(CHAT, row.at + handling)
            written.push(row.at + handling)
          }
        }
        assert.lengthOf(written, arrivals.length)
        for (let i = 1; i < written.length; i++) assert.isAtLeast(written[i] - written[i - 1], 1000)
      })
    )
  })

  test('a new message does not overtake those that were deferred', ({ assert }) => {
    const spacing = new ChatSpacing()
    assert.equal(spacing.plan(CHAT, 0, false), 0)
    spacing.written(CHAT, 0)
    assert.equal(spacing.plan(CHAT, 10, false), 1090)
    assert.equal(spacing.plan(CHAT, 20, false), 2180)

    assert.equal(spacing.plan(CHAT, 1100, true), 0)
    spacing.written(CHAT, 1100)
    assert.isAbove(spacing.plan(CHAT, 2210, false), 1000)
  })

  test('a planned row that was put back leaves its place', ({ assert }) => {
    const spacing = new ChatSpacing()
    spacing.plan(CHAT, 0, false)
    assert.isAbove(spacing.plan(CHAT, 1, false), 0)
    spacing.released(CHAT)
    assert.equal(spacing.plan(CHAT, 5000, false), 0)
  })
})
