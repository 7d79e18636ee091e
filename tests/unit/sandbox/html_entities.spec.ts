import { test } from '@japa/runner'
import { parseHtml } from '#sandbox/entities/html'
import { EntityError } from '#sandbox/entities/types'

test.group('Sandbox | HTML entities', () => {
  test('<{tag}> gives {type}')
    .with([
      { tag: 'b', type: 'bold' },
      { tag: 'strong', type: 'bold' },
      { tag: 'i', type: 'italic' },
      { tag: 'em', type: 'italic' },
      { tag: 'u', type: 'underline' },
      { tag: 'ins', type: 'underline' },
      { tag: 's', type: 'strikethrough' },
      { tag: 'strike', type: 'strikethrough' },
      { tag: 'del', type: 'strikethrough' },
      { tag: 'tg-spoiler', type: 'spoiler' },
      { tag: 'code', type: 'code' },
      { tag: 'pre', type: 'pre' },
      { tag: 'blockquote', type: 'blockquote' },
      { tag: 'B', type: 'bold' },
    ])
    .run(({ assert }, { tag, type }) => {
      const { text, entities } = parseHtml(`до 🙂 <${tag}>ні</${tag}>!`)

      assert.equal(text, 'до 🙂 ні!')
      assert.deepEqual(entities, [{ type, offset: 6, length: 2 }])
    })

  test('{markup} gives the entity it should')
    .with([
      { markup: '<span class="tg-spoiler">x</span>', entity: { type: 'spoiler', offset: 0, length: 1 } },
      {
        markup: '<blockquote expandable>x</blockquote>',
        entity: { type: 'expandable_blockquote', offset: 0, length: 1 },
      },
      {
        markup: '<pre><code class="language-ts">x</code></pre>',
        entity: { type: 'pre', offset: 0, length: 1, language: 'ts' },
      },
      {
        markup: "<a href='https://example.org'>x</a>",
        entity: { type: 'text_link', offset: 0, length: 1, url: 'https://example.org/' },
      },
      {
        markup: '<a href="example.org/?a=1&amp;b">x</a>',
        entity: { type: 'text_link', offset: 0, length: 1, url: 'http://example.org/?a=1&b' },
      },
      {
        markup: '<a href="tg://user?id=42">x</a>',
        entity: { type: 'text_mention', offset: 0, length: 1, user_id: 42 },
      },
      {
        markup: '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
        entity: { type: 'custom_emoji', offset: 0, length: 2, custom_emoji_id: '5368324170671202286' },
      },
      { markup: '<b>x</>', entity: { type: 'bold', offset: 0, length: 1 } },
    ])
    .run(({ assert }, { markup, entity }) => {
      assert.deepEqual(parseHtml(markup).entities, [entity])
    })

  test('{markup} reads as {text}')
    .with([
      { markup: '&lt;b&gt; &amp;amp; &quot;', text: '<b> &amp; "' },
      { markup: '&#1071;&#x2603;', text: 'Я☃' },
      { markup: 'a &lt b', text: 'a < b' },
      { markup: '&nbsp;&copy; &', text: '&nbsp;&copy; &' },
      { markup: '&#x1F600;', text: '😀' },
      { markup: 'a > b', text: 'a > b' },
      { markup: '<a>no link</a>', text: 'no link' },
    ])
    .run(({ assert }, { markup, text }) => {
      assert.deepEqual(parseHtml(markup), { text, entities: [] })
    })

  test('{markup} is refused: {error}')
    .with([
      { markup: '<p>x</p>', error: 'Unsupported start tag "p" at byte offset 0' },
      { markup: 'Ціна<br>', error: 'Unsupported start tag "br" at byte offset 8' },
      { markup: '🙂<br/>', error: 'Unsupported start tag "br/" at byte offset 4' },
      { markup: '<b>x', error: 'Can\'t find end tag corresponding to start tag "b"' },
      { markup: '<b>x</i>', error: 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"' },
      { markup: '<b><i>я</b></i>', error: 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"' },
      { markup: 'x</b>', error: 'Unexpected end tag at byte offset 1' },
      { markup: '<b>x</b ', error: 'Unclosed end tag at byte offset 4' },
      { markup: 'a <b', error: 'Unclosed start tag at byte offset 2' },
      { markup: '<a href="x', error: 'Unclosed start tag at byte offset 0' },
      { markup: '<a href', error: 'Unclosed start tag "a" at byte offset 0' },
      { markup: '<a ="x">y</a>', error: 'Empty attribute name in the tag "a" at byte offset 0' },
      { markup: '<a href=x/y>z</a>', error: 'Unexpected end of name token at byte offset 8' },
      { markup: '<span>x</span>', error: 'Tag "span" must have class "tg-spoiler" at byte offset 0' },
      { markup: '<tg-emoji emoji-id="x">👍</tg-emoji>', error: 'Invalid custom emoji identifier specified' },
      {
        markup: '&#xD83D;',
        error:
          'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
      },
    ])
    .run(({ assert }, { markup, error }) => {
      assert.throws(() => parseHtml(markup), EntityError, error)
    })
})
