import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Env } from '@adonisjs/core/env'
import * as rule from '#start/env_rules'
import { NetworkList } from '#core/network_list'
import { runAce } from '#tests/support/processes'

test.group('Environment', (group) => {
  group.each.timeout(60_000)

  test('{value} is refused: {must}')
    .with([
      { check: rule.integer(1, 65535), value: 'abc', must: 'must be a whole number from 1 to 65535 (it is "abc")' },
      { check: rule.integer(1, 65535), value: '70000', must: 'from 1 to 65535' },
      { check: rule.boolean, value: 'maybe', must: 'true or false' },
      { check: rule.absolutePath, value: 'storage', must: 'absolute path' },
      { check: rule.host, value: 'not a host', must: 'IP address or a host name' },
      { check: rule.webUrl, value: 'ftp://example.org', must: 'https://example.org' },
      { check: rule.httpsUrl, value: 'http://example.org', must: 'start with https://' },
      { check: rule.networks, value: '10.0.0.0/8, elsewhere', must: 'IP addresses or networks' },
      { check: rule.networks, value: '10.0.0.0/33', must: 'IP addresses or networks' },
    ])
    .run(({ assert }, { check, value, must }) => {
      assert.throws(() => check('NAME', value), new RegExp(escape(must)))
    })

  test('a secret is refused without being repeated')
    .with([
      { check: rule.key(32), value: 'too-short-a-key' },
      { check: rule.secret(1, 256, /^[\w-]+$/, 'consist of letters'), value: 'not.allowed.secret' },
      { check: rule.serverUrl(['postgres:'], 'postgres://...'), value: 'mysql://root:pass-word@db/x' },
      { check: rule.webUrl, value: 'https://user:pass-word@example.org' },
    ])
    .run(({ assert }, { check, value }) => {
      const fault = thrownBy(() => check('NAME', value))
      assert.match(fault, /^NAME must /)
      assert.notInclude(fault, value)
      assert.notInclude(fault, 'pass-word')
    })

  test('what is good passes, what is absent is undefined', ({ assert }) => {
    const values = Env.rules({
      PUBLIC_URL: rule.optional(rule.httpsUrl),
      LOCAL_URL: rule.optional(rule.httpsUrl),
      TEST_PORT: rule.optional(rule.integer(1, 65535)),
      NETWORKS: rule.optional(rule.networks),
      ABSENT: rule.optional(rule.boolean),
      EMPTY: rule.optional(rule.host),
    }).validate({
      PUBLIC_URL: 'https://example.org/',
      LOCAL_URL: 'http://localhost:3333',
      TEST_PORT: '8080',
      NETWORKS: '10.0.0.0/8, ::1',
      EMPTY: '',
    })
    assert.deepEqual(values, {
      PUBLIC_URL: 'https://example.org',
      LOCAL_URL: 'http://localhost:3333',
      TEST_PORT: 8080,
      NETWORKS: ['10.0.0.0/8', '::1'],
      ABSENT: undefined,
      EMPTY: undefined,
    })
  })

  test('every variable is explained in .env.example', ({ assert }) => {
    const read = (path: string) => readFileSync(app.makePath(path), 'utf8')
    const known = [...read('start/env.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name)
    const explained = [...read('.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name)
    const setByProcesses = ['NODE_ENV', 'SANDBOX_URL']
    assert.sameMembers([...explained, ...setByProcesses], known)
  })

  test('given a bad value, then the process says what is wrong and ends with an error', async ({ assert }) => {
    const { exitCode, output } = await runAce(['migration:status'], { env: { PORT: '0', APP_KEY: 'short' } })
    assert.equal(exitCode, 1)
    assert.include(output, 'PORT must be a whole number from 1 to 65535')
    assert.include(output, 'APP_KEY must have at least 32 characters')
  })
})

test.group('Network list', () => {
  test('knows addresses, networks and IPv4 inside IPv6', ({ assert }) => {
    const list = new NetworkList(['127.0.0.1', '10.0.0.0/8', 'fd00::/8'])
    for (const inside of ['127.0.0.1', '::ffff:127.0.0.1', '10.200.3.4', 'fd00::7']) {
      assert.isTrue(list.includes(inside), inside)
    }
    for (const outside of ['127.0.0.2', '11.0.0.1', 'fe80::1', 'nonsense', '']) {
      assert.isFalse(list.includes(outside), outside)
    }
  })
})

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function thrownBy(work: () => unknown) {
  try {
    work()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('Nothing was thrown')
}
