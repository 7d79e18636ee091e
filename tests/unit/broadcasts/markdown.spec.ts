import { test } from '@japa/runner'
import { readSource } from '#broadcasts/markup/read_source'

test.group('Markdown source', () => {
  test('writes {source} as {html}')
    .with([
      {
        source: '*b* **b** _i_ __u__ ~s~ ||x||',
        html: '<b>b</b> <b>b</b> <i>i</i> <u>u</u> <s>s</s> <tg-spoiler>x</tg-spoiler>',
      },
      { source: '*b _both_*', html: '<b>b <i>both</i></b>' },
      { source: '[a *b*](https://a.example/x_y)', html: '<a href="https://a.example/x_y">a <b>b</b></a>' },
      { source: '[x](https://a.example/\\))', html: '<a href="https://a.example/)">x</a>' },
      { source: '![👍](tg://emoji?id=536)', html: '<tg-emoji emoji-id="536">👍</tg-emoji>' },
      { source: '`a*b` and `\\``', html: '<code>a*b</code> and <code>`</code>' },
      { source: '```ts\nif (a < b)\n```', html: '<pre><code class="language-ts">if (a &lt; b)</code></pre>' },
      { source: '```\nplain\n```', html: '<pre>plain</pre>' },
      { source: '> one\n> *two*\nafter', html: '<blockquote>one\n<b>two</b></blockquote>\nafter' },
      { source: '>long||', html: '<blockquote expandable>long</blockquote>' },
      { source: '>||hidden||', html: '<blockquote><tg-spoiler>hidden</tg-spoiler></blockquote>' },
      {
        source: 'Hello {first_name}, +20 % - now! (really) [or not] 2 * 3 snake_case',
        html: 'Hello {first_name}, +20 % - now! (really) [or not] 2 * 3 snake_case',
      },
      { source: '\\*not bold\\* \\[no\\]\\(link\\)', html: '*not bold* [no](link)' },
      { source: 'a < b & c', html: 'a &lt; b &amp; c' },
    ])
    .run(({ assert }, { source, html }) => {
      const reading = readSource(source, 'markdown')
      if (!reading.ok) throw reading.error
      assert.equal(reading.markup.html, html)
    })

  test('refuses {source} with {code} at {position}')
    .with([
      { source: 'a *b', code: 'unclosed_mark', position: 2 },
      { source: 'a `b', code: 'unclosed_mark', position: 2 },
      { source: '*a _b* c_', code: 'wrong_nesting', position: 5 },
      { source: '[a](javascript:x)', code: 'link_scheme', position: 4 },
      { source: '[a]()', code: 'link_without_address', position: 4 },
      { source: '>a *b\nc*', code: 'unclosed_mark', position: 3 },
      { source: 'x {nobody}', code: 'unknown_placeholder', position: 2 },
    ])
    .run(({ assert }, { source, code, position }) => {
      const reading = readSource(source, 'markdown')
      if (reading.ok) throw new Error(`accepted as ${reading.markup.html}`)
      assert.deepEqual([reading.error.code, reading.error.position], [code, position])
    })
})
