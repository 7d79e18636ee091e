import { test } from '@japa/runner'
import { readSource } from '#broadcasts/markup/read_source'

const read = (source: string) => {
  const reading = readSource(source, 'html')
  if (!reading.ok) throw reading.error
  return reading.markup
}
const fault = (source: string) => {
  const reading = readSource(source, 'html')
  if (reading.ok) throw new Error(`${source} was accepted as ${reading.markup.html}`)
  return reading.error
}

test.group('Telegram HTML', () => {
  test('writes {source} as {html}')
    .with([
      { source: 'plain', html: 'plain' },
      { source: '<strong>b</strong><em>i</em><ins>u</ins><del>s</del>', html: '<b>b</b><i>i</i><u>u</u><s>s</s>' },
      { source: '<strike>s</strike><span class="tg-spoiler">x</span>', html: '<s>s</s><tg-spoiler>x</tg-spoiler>' },
      {
        source: '<a href="https://a.example/?b=1&amp;c=2">x</a>',
        html: '<a href="https://a.example/?b=1&amp;c=2">x</a>',
      },
      { source: "<A HREF='tg://user?id=7'>x</A>", html: '<a href="tg://user?id=7">x</a>' },
      {
        source: '<pre><code class="language-ts">a &lt; b</code></pre>',
        html: '<pre><code class="language-ts">a &lt; b</code></pre>',
      },
      { source: '<pre>a</pre><code>b</code>', html: '<pre>a</pre><code>b</code>' },
      { source: '<blockquote expandable>q</blockquote>', html: '<blockquote expandable>q</blockquote>' },
      {
        source: '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
        html: '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
      },
      { source: 'R&D &amp; &lt;3 > 2 &#65;&#x42; &quot;', html: 'R&amp;D &amp; &lt;3 &gt; 2 AB "' },
      { source: '<b>a<b>b</b></b><i></i>', html: '<b>ab</b>' },
      { source: 'a\tb\r\nc\u0007\u202Ed', html: 'a b\nc d' },
      { source: '<b>{first_name|friend}</b>', html: '<b>{first_name|friend}</b>' },
    ])
    .run(({ assert }, { source, html }) => {
      assert.equal(read(source).html, html)
      assert.equal(read(html).html, html)
    })

  test('turns pasted {source} into lines')
    .with([
      { source: 'a<br>b<br/>c', html: 'a\nb\nc' },
      { source: '<p>one</p>\n<p>two</p>', html: 'one\n\ntwo' },
      { source: '<div>one</div><div>two</div>', html: 'one\ntwo' },
      { source: '<ul>\n  <li>a</li>\n  <li><p>b</p></li>\n</ul>after', html: '• a\n• b\nafter' },
      { source: 'x<ol><li>a<ul><li>c</li></ul></li><li>b</li></ol>', html: 'x\n1. a\n   • c\n2. b' },
      { source: '<h1>Title</h1><p>text</p>', html: '<b>Title</b>\n\ntext' },
      { source: '<p></p><p>only</p>', html: 'only' },
    ])
    .run(({ assert }, { source, html }) => {
      assert.equal(read(source).html, html)
    })

  test('refuses {source} with {code} at {position}')
    .with([
      { source: 'a <script>x</script>', code: 'unknown_tag', position: 2 },
      { source: 'a <img src=x>', code: 'unknown_tag', position: 2 },
      { source: '<constructor>x</constructor>', code: 'unknown_tag', position: 0 },
      { source: 'a <b>x', code: 'unclosed_tag', position: 2 },
      { source: 'a</b>', code: 'unexpected_end_tag', position: 1 },
      { source: '<b><i>x</b></i>', code: 'wrong_nesting', position: 7 },
      { source: 'x <b', code: 'unfinished_tag', position: 2 },
      { source: '<b>x</b', code: 'unfinished_tag', position: 4 },
      { source: '1 < 2', code: 'bare_less_than', position: 2 },
      { source: 'a<!-- c -->', code: 'comment', position: 1 },
      { source: '<b>a</b>&copy;', code: 'bad_entity', position: 8 },
      { source: 'ab&#xD800;', code: 'bad_entity', position: 2 },
      { source: 'ab&constructor;', code: 'bad_entity', position: 2 },
      { source: 'ab\uD800', code: 'bad_character', position: 2 },
      { source: '<blockquote>a<blockquote>b</blockquote></blockquote>', code: 'nested_quote', position: 13 },
      {
        source: '<a href="https://a.example">a<a href="https://b.example">b</a></a>',
        code: 'nested_link',
        position: 29,
      },
      { source: '<code>a<b>b</b></code>', code: 'tag_in_code', position: 7 },
      { source: '<pre><i>b</i></pre>', code: 'tag_in_code', position: 5 },
      { source: '<a>b</a>', code: 'link_without_address', position: 0 },
      { source: 'x<a href="javascript:alert(1)">b</a>', code: 'link_scheme', position: 1 },
      { source: '<a href="https://{username}">b</a>', code: 'link_host', position: 0 },
      { source: '<a href="https://{username|me}.a.example/">b</a>', code: 'link_host', position: 0 },
      { source: '<a href="{username}://a.example">b</a>', code: 'link_host', position: 0 },
      { source: '<a href="https://a.example/{full_name}/{first_name}">b</a>', code: 'link_too_long', position: 0 },
      { source: '<a href="example.com">b</a>', code: 'link_scheme', position: 0 },
      { source: '<tg-emoji emoji-id="x">b</tg-emoji>', code: 'bad_emoji', position: 0 },
      { source: '<span class="x">b</span>', code: 'span_class', position: 0 },
      { source: 'Hi {frist_name}', code: 'unknown_placeholder', position: 3 },
      { source: 'Hi {first_name|<b>you</b>}', code: 'bad_fallback', position: 3 },
    ])
    .run(({ assert }, { source, code, position }) => {
      const error = fault(source)
      assert.deepEqual([error.code, error.position], [code, position])
    })

  test('names the placeholders there are', ({ assert }) => {
    const { params } = fault('{balance}')
    assert.equal(params.name, 'balance')
    assert.include(params.known, '{first_name}')
  })

  test('counts {source} as {length}, as Telegram does')
    .with([
      { source: '<b>bold</b> &amp; more', length: 11 },
      { source: '😀', length: 2 },
      { source: '  \n a b \n ', length: 3 },
      { source: '<b>  a</b>  ', length: 3 },
      { source: '  <b>a  </b>', length: 1 },
      { source: 'a\u2028b', length: 2 },
    ])
    .run(({ assert }, { source, length }) => {
      assert.equal(read(source).length, length)
    })

  test('tells where a text is formatted', ({ assert }) => {
    const { text, entities } = read(' 😀<b>bold <i>both</i></b> <a href="https://a.example">l</a> ').formatted
    assert.equal(text, '😀bold both l')
    assert.deepEqual(
      entities.map(({ kind, offset, length }) => [kind, offset, length]),
      [
        ['bold', 2, 9],
        ['italic', 7, 4],
        ['link', 12, 1],
      ]
    )
  })
})
