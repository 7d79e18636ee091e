import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import i18nManager from '@adonisjs/i18n/services/main'

/** Sections with words of their own for what their actions refuse. */
const SECTIONS = ['refusals', 'broadcasts.refusals', 'broadcasts.problems', 'customers.refusals', 'settings.refusals']

/** What the execution of an approved request refuses is told by the page of approvals, whose words are general. */
const HANDLERS = [
  'broadcasts/lifecycle/approval.ts',
  'broadcasts/content/readiness.ts',
  'chain/withdrawals/approval.ts',
  'chain/withdrawals/destinations.ts',
  'chain/withdrawals/available.ts',
  'markets/settlement/settlement_approval.ts',
  'markets/settlement/reversible.ts',
]

function codesIn(source: string) {
  const codes = [...source.matchAll(/\brefuse\(\s*'([a-z_]+)'/g)].map(([, code]) => code)
  return source.includes('refuseProblems(') ? [...codes, 'problems'] : codes
}

const has = (key: string) => i18nManager.locale('en').hasMessage(`panel.${key}`)

test.group('Words of refusals', () => {
  test('the panel has words for whatever an action refuses; the bot words its own refusals itself', ({ assert }) => {
    const files = readdirSync(app.makePath('app'), { recursive: true, encoding: 'utf8' })
    const sources = files
      .filter((file) => file.endsWith('.ts') && !file.startsWith('bot/'))
      .map((file) => readFileSync(join(app.makePath('app'), file), 'utf8'))
    const codes = [...new Set(sources.flatMap((source) => codesIn(source)))]
    assert.isAbove(codes.length, 60)
    assert.deepEqual(
      codes.filter((code) => !SECTIONS.some((section) => has(`${section}.${code}`))),
      []
    )
  })

  test('the page of approvals has words for what {$self} refuses')
    .with(HANDLERS)
    .run(({ assert }, file) => {
      const codes = codesIn(readFileSync(app.makePath('app', file), 'utf8'))
      assert.isNotEmpty(codes)
      assert.deepEqual(
        codes.filter((code) => !has(`refusals.${code}`)),
        []
      )
    })
})
