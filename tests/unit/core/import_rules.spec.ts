import { ESLint } from 'eslint'
import { test } from '@japa/runner'

const eslint = new ESLint({ overrideConfig: { rules: { 'prettier/prettier': 'off' } } })

const RULES = new Set([
  '@typescript-eslint/no-restricted-imports',
  'kontora/no-relative-across-rooms',
  'no-restricted-syntax',
])

const breaches = async (room: string, code: string) => {
  const [{ messages }] = await eslint.lintText(code, { filePath: `app/${room}/example.ts` })
  return messages.map(({ ruleId }) => ruleId).filter((rule) => rule && RULES.has(rule))
}

test.group('Import rules', (group) => {
  group.tap((each) => each.timeout(60_000))

  test('a breach is reported: {room} with {code}')
    .with([
      { room: 'core', code: `import '#ledger/models/account'` },
      { room: 'ledger', code: `import '#customers/models/customer'` },
      { room: 'notifications', code: `import '#broadcasts/models/broadcast'` },
      { room: 'broadcasts', code: `import '#admin/routes'` },
      { room: 'broadcasts', code: `import '#staff/models/admin'` },
      { room: 'broadcasts/actions', code: `import { Bot } from 'grammy'\nexport default Bot` },
      { room: 'customers', code: `import { HttpContext } from '@adonisjs/core/http'\nexport default HttpContext` },
      { room: 'admin', code: `import '#bot/bot'` },
      { room: 'bot/features', code: `import '../../broadcasts/models/broadcast.js'` },
      { room: 'staff/actions', code: `import '../../ledger/models/account.js'` },
      { room: 'sandbox', code: `import '#broadcasts/models/broadcast'` },
      { room: 'payments', code: `import '#stars/models/star_order'` },
      { room: 'ton', code: `import '#payments/models/invoice'` },
      { room: 'customers', code: `export const now = () => Date.now()` },
      { room: 'broadcasts', code: `export const now = () => new Date()` },
    ])
    .run(async ({ assert }, { room, code }) => {
      assert.isNotEmpty(await breaches(room, code))
    })

  test('what the house allows is not reported: {room} with {code}')
    .with([
      { room: 'broadcasts', code: `import '#notifications/models/notification'` },
      { room: 'admin/broadcasts', code: `import '#broadcasts/models/broadcast'` },
      { room: 'bot', code: `import { Bot } from 'grammy'\nexport default Bot` },
      { room: 'admin/broadcasts/controllers', code: `import '../../customers/routes.js'` },
      { room: 'stats', code: `import '#markets/models/market'` },
      { room: 'stars', code: `import '#payments/models/invoice'` },
      { room: 'stars', code: `import '#ton/ton_api'` },
    ])
    .run(async ({ assert }, { room, code }) => {
      assert.isEmpty(await breaches(room, code))
    })
})
