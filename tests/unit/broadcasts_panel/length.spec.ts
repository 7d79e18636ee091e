import { test } from '@japa/runner'
import { plainText, telegramLength } from '../../../resources/js/broadcasts/markup/length.js'
import { parseTelegramHtml } from '../../../resources/js/broadcasts/markup/parse.js'

test.group('Counter of the editor', () => {
  test('counts {html} as {length}')
    .with([
      { html: '', length: 0 },
      { html: 'abc', length: 3 },
      { html: '<b>a</b>&lt;&amp;', length: 3 },
      { html: 'Привіт', length: 6 },
      { html: '😀', length: 2 },
      { html: '👩‍👩‍👧‍👦', length: 11 },
      { html: '🇺🇦', length: 4 },
      { html: '<a href="https://example.com/a-long-address">x</a>', length: 1 },
      { html: 'a\n<blockquote>b</blockquote>\nc', length: 5 },
      { html: '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', length: 2 },
      { html: '\n\n  text  \n', length: 4 },
    ])
    .run(({ assert }, { html, length }) => {
      assert.equal(telegramLength(parseTelegramHtml(html)), length)
    })

  test('a placeholder counts as it stands until it is filled', ({ assert }) => {
    const document = parseTelegramHtml('Hi <b>{first_name}</b>', ['first_name'])
    assert.equal(plainText(document), 'Hi {first_name}')
  })
})
