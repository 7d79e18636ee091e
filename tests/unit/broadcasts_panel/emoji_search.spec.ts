import { test } from '@japa/runner'
import { createRequire } from 'node:module'
import { searchEmoji, type Emoji } from '../../../resources/js/broadcasts/emoji/search.js'

const require = createRequire(import.meta.url)
const data = (locale: string): Emoji[] => require(`emoji-picker-element-data/${locale}/cldr/data.json`)

test.group('Emoji picker', () => {
  test('finds {emoji} by "{query}" in {locale}')
    .with([
      { locale: 'en', query: 'party', emoji: '🎉' },
      { locale: 'en', query: 'red hea', emoji: '❤️' },
      { locale: 'uk', query: 'серце', emoji: '❤️' },
      { locale: 'ru', query: 'ракета', emoji: '🚀' },
      { locale: 'en', query: 'ROCKET', emoji: '🚀' },
    ])
    .run(({ assert }, { locale, query, emoji }) => {
      const found = searchEmoji(data(locale), query).map((match) => match.emoji)
      assert.include(found, emoji)
      assert.isBelow(found.length, 200)
    })

  test('puts the emoji named so before those merely tagged so', ({ assert }) => {
    assert.equal(searchEmoji(data('en'), 'rocket')[0].emoji, '🚀')
  })

  test('finds nothing for nothing', ({ assert }) => {
    assert.isEmpty(searchEmoji(data('en'), ' '))
    assert.isEmpty(searchEmoji(data('en'), 'qqqqq'))
  })
})
