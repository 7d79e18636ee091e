import { test } from '@japa/runner'
import { packCallback, unpackCallback } from '#bot/callback_data/callback_data'
import { defineCallback } from '#bot/callback_data/define_callback'
import { choice, flag, id, text } from '#bot/callback_data/fields'

const toggle = defineCallback('toggle', { category: choice(['news', 'offers']), on: flag, order: id })
const zone = defineCallback('zone', { name: text(/^[A-Za-z_/]+$/) })

test.group('Callback data', () => {
  test('given values, when packed and unpacked, then they are the same', ({ assert }) => {
    const values = { category: 'offers' as const, on: false, order: 4_503_599_627_370_495 }
    assert.deepEqual(toggle.unpack(toggle.pack(values)), values)
    assert.deepEqual(zone.unpack(zone.pack({ name: 'Europe/Kyiv' })), { name: 'Europe/Kyiv' })
  })

  test('given the origin, when packed, then a press tells a notice from a screen', ({ assert }) => {
    assert.equal(unpackCallback(zone.pack({ name: 'UTC' }))?.origin, 'screen')
    assert.equal(unpackCallback(zone.pack({ name: 'UTC' }, 'notice'))?.origin, 'notice')
  })

  test('reads nothing out of {$self}')
    .with([
      '',
      'toggle',
      ':',
      '1:',
      '0:toggle:news:true:1',
      '2:toggle:news:true:1',
      '999999:toggle:news:true:1',
      '1:toggle',
      '1:toggle:news:true',
      '1:toggle:news:true:1:1',
      '1:toggle:other:true:1',
      '1:toggle:news:yes:1',
      '1:toggle:news:true:-1',
      '1:toggle:news:true:0',
      '1:toggle:news:true:1e3',
      '1:toggle:news:true:9007199254740993',
      '1:TOGGLE:news:true:1',
      '1:__proto__:news:true:1',
      '1:toggle:constructor:true:1',
      '1:toggle:news:constructor:1',
      '1:toggle:news:true:1\n',
      '🎲'.repeat(16),
      '\0',
    ])
    .run(({ assert }, data) => {
      assert.isNull(toggle.unpack(data))
    })

  test('given data beyond 64 bytes or a colon inside, when packed, then it is refused at once', ({ assert }) => {
    assert.throws(() => zone.pack({ name: 'x'.repeat(60) }), /exceeds 64 bytes/)
    assert.throws(() => zone.pack({ name: 'я'.repeat(30) }), /exceeds 64 bytes/)
    assert.throws(() => zone.pack({ name: 'a:b' }), /read back/)
    assert.throws(() => packCallback({ origin: 'screen', action: 'Bad Action', args: [] }), /read back/)
  })
})
