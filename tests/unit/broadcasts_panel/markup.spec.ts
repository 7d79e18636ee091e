import { test } from '@japa/runner'
import { parseTelegramHtml } from '../../../resources/js/broadcasts/markup/parse.js'
import { serializeTelegramHtml } from '../../../resources/js/broadcasts/markup/serialize.js'
import { MarkupError } from '../../../resources/js/broadcasts/markup/tokens.js'

const PLACEHOLDERS = ['first_name', 'balance']
const normalised = (html: string) => serializeTelegramHtml(parseTelegramHtml(html, PLACEHOLDERS))

test.group('Telegram HTML in the editor', () => {
  test('keeps {html}')
    .with([
      { html: 'plain text' },
      { html: '' },
      { html: 'first\nsecond\n\n\nlast' },
      {
        html: '<b>bold</b>, <i>italic</i>, <u>underlined</u>, <s>struck</s>, <tg-spoiler>hidden</tg-spoiler>, <code>x = 1</code>',
      },
      { html: '<b>bold <i>and italic</i></b><i> and only italic</i>' },
      { html: '<b>over\n\ntwo lines</b>' },
      { html: '<a href="https://example.com/?a=1&amp;b=&quot;2&quot;">a <b>link</b></a>' },
      { html: '<pre>line 1\n  line 2 &lt;b&gt;</pre>' },
      { html: '<pre><code class="language-ts">const a = 1\n</code></pre>' },
      { html: 'before\n<blockquote>quoted\n<b>twice</b></blockquote>\nafter' },
      { html: '<blockquote expandable>long</blockquote>\n' },
      { html: '\n\n<blockquote>quoted</blockquote>\n<pre>code</pre>\n\n<blockquote>again</blockquote>' },
      { html: '<blockquote>quoted\n<pre>code</pre>\nend</blockquote>' },
      { html: 'Hello <b>{first_name}</b>, {balance}{balance} and {unknown}' },
      { html: '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>' },
      { html: 'a &lt; b &amp;&amp; c &gt; d "quoted" &amp;copy;' },
      { html: '  two  spaces  ' },
    ])
    .run(({ assert }, { html }) => {
      assert.equal(normalised(html), html)
    })

  test('writes {html} as {expected}')
    .with([
      {
        html: '<strong>a</strong><em>b</em><ins>c</ins><del>d</del><strike>e</strike>',
        expected: '<b>a</b><i>b</i><u>c</u><s>de</s>',
      },
      { html: '<span class="tg-spoiler">a</span>', expected: '<tg-spoiler>a</tg-spoiler>' },
      { html: '<i><b>a</b></i>', expected: '<b><i>a</i></b>' },
      { html: '<b>a</b><b>b</b>', expected: '<b>ab</b>' },
      { html: '<b></b>', expected: '' },
      { html: '<b>a <code>b</code> c</b>', expected: '<b>a </b><code>b</code><b> c</b>' },
      {
        html: '<a href="https://a.example"><a href="https://b.example">x</a></a>',
        expected: '<a href="https://b.example">x</a>',
      },
      {
        html: '<b>a<blockquote>b</blockquote>c</b>',
        expected: '<b>a</b>\n<blockquote><b>b</b></blockquote>\n<b>c</b>',
      },
      { html: '&#65;&#x1F600;&quot;', expected: 'A😀"' },
      { html: 'a\r\nb\rc', expected: 'a\nb\nc' },
      { html: '<B>x</B>', expected: '<b>x</b>' },
    ])
    .run(({ assert }, { html, expected }) => {
      assert.equal(normalised(html), expected)
    })

  test('points at what is wrong in {html}')
    .with([
      { html: 'a <b>b', at: 2 },
      { html: 'a</b>', at: 1 },
      { html: '<b>a<i>b</b></i>', at: 8 },
      { html: '1 < 2', at: 2 },
      { html: 'x <div>y</div>', at: 2 },
      { html: '<span>a</span>', at: 0 },
      { html: '<a>no address</a>', at: 0 },
      { html: '<blockquote>a<blockquote>b</blockquote></blockquote>', at: 13 },
      { html: '<pre>a<pre>b</pre></pre>', at: 6 },
      { html: '<img src="x" onerror="alert(1)">', at: 0 },
    ])
    .run(({ assert }, { html, at }) => {
      try {
        normalised(html)
      } catch (error) {
        assert.instanceOf(error, MarkupError)
        return assert.equal((error as MarkupError).at, at)
      }
      assert.fail('it was accepted')
    })
})
