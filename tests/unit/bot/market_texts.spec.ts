import { test } from '@japa/runner'
import Market from '#markets/models/market'
import { oddsBar } from '#bot/markets/odds_text'
import { cutText, visibleLength } from '#bot/texts/cut_text'

const market = (yesPool: bigint, noPool: bigint) => new Market().merge({ yesPool, noPool })

test.group('Texts of markets', () => {
  test('of pools {yes} and {no}, the bar has {blocks} green blocks of ten')
    .with([
      { yes: 0n, no: 0n, blocks: 5 },
      { yes: 62n, no: 38n, blocks: 6 },
      { yes: 1n, no: 9999n, blocks: 1 },
      { yes: 9999n, no: 1n, blocks: 9 },
      { yes: 5n, no: 0n, blocks: 10 },
      { yes: 0n, no: 5n, blocks: 0 },
    ])
    .run(({ assert }, { yes, no, blocks }) => {
      assert.equal(oddsBar(market(yes, no)), '🟩'.repeat(blocks) + '🟧'.repeat(10 - blocks))
    })

  test('a text that is too long is cut to the limit and stays well formed', ({ assert }) => {
    assert.equal(cutText('abc', 3), 'abc')
    assert.equal(cutText('abcd', 3), 'ab…')
    assert.equal(cutText('ab cd', 4), 'ab…')
    assert.equal(cutText('a😀b', 3), 'a…')
    assert.equal(cutText('abc', 1), '')
    assert.equal(cutText('abc', -5), '')
  })

  test('Telegram counts neither tags nor how a sign is written', ({ assert }) => {
    assert.equal(visibleLength('<b>a</b>&lt;&amp;&gt;&quot;😀'), 7)
    assert.equal(visibleLength('<a href="https://example.org/?a=1">x</a>'), 1)
  })
})
