import { test } from '@japa/runner'
import type { MessageEntity } from 'grammy/types'
import { readSource } from '#broadcasts/markup/read_source'
import { entitiesToHtml } from '#bot/admin/entities_to_html'

const entity = (type: string, offset: number, length: number, more = {}) =>
  ({ type, offset, length, ...more }) as MessageEntity

test.group('entitiesToHtml', () => {
  test('writes {title}')
    .with([
      { title: 'plain text, escaped', text: 'a < b & "c"', entities: [], html: 'a &lt; b &amp; &quot;c&quot;' },
      {
        title: 'offsets in UTF-16 units',
        text: '👨‍👩‍👧 bold',
        entities: [entity('bold', 9, 4)],
        html: '👨‍👩‍👧 <b>bold</b>',
      },
      {
        title: 'nested entities, the outer one first',
        text: 'one two three',
        entities: [entity('italic', 4, 3), entity('bold', 0, 13), entity('underline', 4, 3)],
        html: '<b>one <i><u>two</u></i> three</b>',
      },
      {
        title: 'neighbours',
        text: 'abcd',
        entities: [entity('strikethrough', 0, 2), entity('spoiler', 2, 2)],
        html: '<s>ab</s><tg-spoiler>cd</tg-spoiler>',
      },
      {
        title: 'code with its language',
        text: 'let a<b',
        entities: [entity('pre', 0, 7, { language: 'ts' })],
        html: '<pre><code class="language-ts">let a&lt;b</code></pre>',
      },
      {
        title: 'quotes',
        text: 'ab',
        entities: [entity('expandable_blockquote', 0, 1), entity('blockquote', 1, 1)],
        html: '<blockquote expandable>a</blockquote><blockquote>b</blockquote>',
      },
      {
        title: 'what Telegram recognises by itself as text',
        text: '@name #tag https://x.org',
        entities: [entity('mention', 0, 5), entity('hashtag', 6, 4), entity('url', 11, 13)],
        html: '@name #tag https://x.org',
      },
      {
        title: 'impossible entities without losing text',
        text: 'abc',
        entities: [entity('bold', 1, 99), entity('italic', 50, 3), entity('code', 0, 2)],
        html: '<code>a<b>b</b></code>c',
      },
    ])
    .run(({ assert }, { text, entities, html }) => {
      assert.equal(entitiesToHtml(text, entities), html)
    })

  test('given any of it, when a broadcast reads it, then it is the same text', ({ assert }) => {
    const html = entitiesToHtml('a "b" <c> d', [
      entity('bold', 2, 3),
      entity('text_link', 6, 3, { url: 'https://x.org' }),
    ])
    const reading = readSource(html, 'html')
    assert.isTrue(reading.ok)
    assert.equal(reading.ok && reading.markup.formatted.text, 'a "b" <c> d')
  })
})
