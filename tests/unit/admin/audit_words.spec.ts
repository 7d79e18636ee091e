import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import i18nManager from '@adonisjs/i18n/services/main'
import { actionText, fieldText, subjectText } from '#admin/audit/audit_words'

const RECORDED = /\baction: [^\n]*/g
const CODE = /'([a-z_]+\.[a-z_]+)'/g
/** The value of `subjectType` where it is written out; elsewhere it is that of another row. */
const SUBJECT = /\bsubjectType: '([a-z_]+)'/g

const sources = readdirSync(app.makePath('app'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(app.makePath('app'), file), 'utf8'))
  .filter((source) => source.includes('subjectType') || source.includes('.step({'))

const has = (key: string) => i18nManager.locale('en').hasMessage(`panel.audit.${key}`)

test.group('Words of the audit log', () => {
  test('whatever an action records has words', ({ assert }) => {
    const lines = sources.flatMap((source) => source.match(RECORDED) ?? [])
    const codes = [...new Set(lines.flatMap((line) => [...line.matchAll(CODE)].map(([, code]) => code)))]

    assert.isAbove(codes.length, 45)
    assert.includeMembers(codes, ['broadcast.paused', 'approval.withdrawn', 'admin.logged_in'])
    assert.deepEqual(
      codes.filter((code) => !has(`actions.${code}`)),
      []
    )
  })

  test('no code is put together where this test can not read it', ({ assert }) => {
    const lines = sources.flatMap((source) => source.match(RECORDED) ?? [])
    assert.deepEqual(
      lines.filter((line) => /\baction: `/.test(line)),
      []
    )
  })

  test('whatever an entry is about has words', ({ assert }) => {
    const types = [...new Set(sources.flatMap((source) => [...source.matchAll(SUBJECT)].map(([, type]) => type)))]
    assert.isAbove(types.length, 5)
    assert.deepEqual(
      types.filter((type) => !has(`subjects.${type}`)),
      []
    )
  })

  test('what no room records any more is read from its code', ({ assert }) => {
    assert.equal(actionText('promotion.order_paused'), 'Promotion order paused')
    assert.equal(subjectText('promotion_order', '7'), 'promotion order 7')
    assert.equal(fieldText('fullName'), 'Full name')
    assert.equal(fieldText('broadcasts.daily_cap'), 'Broadcasts a day')
  })
})
