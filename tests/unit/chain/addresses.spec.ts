import { test } from '@japa/runner'
import { parseAddress } from '#chain/addresses'

const USDT = '0xdAC17F958D2ee523a2206206994597C13D831ec7'

test.group('Addresses of the chain', () => {
  test('an address is read however its letters are written, and written as EIP-55 does', async ({ assert }) => {
    for (const text of [USDT, USDT.toLowerCase(), `0x${USDT.slice(2).toUpperCase()}`, `  ${USDT}\n`]) {
      assert.deepEqual(await parseAddress(text), { ok: true, value: USDT })
    }
  })

  test('one letter of the wrong case is a wrong checksum', async ({ assert }) => {
    const result = await parseAddress(USDT.replace('dAC', 'dac'))
    assert.containSubset(result, { ok: false, refusal: { code: 'address_checksum' } })
  })

  test('what is no address is refused: "{$self}"')
    .with([
      '',
      'vitalik.eth',
      USDT.slice(2),
      USDT.slice(0, -1),
      `${USDT}0`,
      `0X${USDT.slice(2)}`,
      `XE${USDT}`,
      `${USDT} ${USDT}`,
    ])
    .run(async ({ assert }, text) => {
      assert.containSubset(await parseAddress(text), { ok: false, refusal: { code: 'address_invalid' } })
    })
})
