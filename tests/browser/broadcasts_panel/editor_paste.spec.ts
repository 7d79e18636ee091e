import { test } from '@japa/runner'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'
import { assertNoComplaints, logIn } from '#tests/browser/support/index'
import { EditorPage } from '#tests/browser/support/editor'

const NBSP = '\u00A0'

const WEB_PAGE = `<meta charset="utf-8"><h2 style="color: rgb(255, 0, 0); font-size: 32px">Autumn sale</h2>
<p class="lead" onclick="alert(1)">Now with <span style="font-weight: 700">+20 %</span> and
<em>more</em> <img src="https://tracker.example/p.gif" width="1"><img class="emoji" alt="⭐" src="star.svg"></p>
<script>alert(2)</script><style>p { color: red }</style>
<ul><li>Fast</li><li>Safe<ol><li>really</li><li>truly</li></ol></li></ul>
<table><tr><th>Stars</th><th>Price</th></tr><tr><td>100</td><td>2 $</td></tr></table>
<p><a href="https://example.com/a?b=1&amp;c=2" target="_blank" style="color:blue">Shop</a>
<a href="javascript:alert(3)">Trap</a> <a href="/relative">Here</a></p>
<button>Buy</button><span style="display: none">secret</span>`

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0}</style></head><body>
<!--StartFragment--><p class=MsoNormal><b>Dear customer<o:p></o:p></b></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>First<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>Second</p>
<p class=MsoNormal><u>Underlined</u>, <s>gone</s>, <span style='text-decoration:line-through'>gone too</span></p><!--EndFragment--></body></html>`

const GOOGLE_DOC = `<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38;">
<span style="font-size:11pt;font-weight:400;font-style:normal;">Plain </span><span style="font-weight:700;">bold </span><span
style="font-style:italic;font-weight:400;">slanted</span></p></b>`

const CASES = [
  {
    from: 'a web page',
    html: WEB_PAGE,
    becomes:
      '<b>Autumn sale</b>\nNow with <b>+20 %</b> and <i>more</i> ⭐\n• Fast\n• Safe\n' +
      `${NBSP}${NBSP}1. really\n${NBSP}${NBSP}2. truly\nStars | Price\n100 | 2 $\n` +
      '<a href="https://example.com/a?b=1&amp;c=2">Shop</a> Trap Here',
  },
  {
    from: 'Word',
    html: WORD,
    becomes: `<b>Dear customer</b>\n\n• First\n${NBSP}${NBSP}1. Second\n<u>Underlined</u>, <s>gone</s>, <s>gone too</s>`,
  },
  { from: 'a Google document', html: GOOGLE_DOC, becomes: 'Plain <b>bold </b><i>slanted</i>' },
  {
    from: 'Telegram',
    html: '<b>Hi</b> <span class="tg-spoiler">psst</span> <code>x &lt; y</code><blockquote>said</blockquote>{first_name|friend}',
    becomes:
      '<b>Hi</b> <tg-spoiler>psst</tg-spoiler> <code>x &lt; y</code>\n<blockquote>said</blockquote>\n{first_name|friend}',
  },
]

test.group('Pasting into the editor', (group) => {
  group.each.setup(() => resetDatabase())

  test('what comes from {from} becomes what Telegram has')
    .with(CASES)
    .run(async ({ browserContext, assert }, { html, becomes }) => {
      await logIn(browserContext, await createAdmin())
      const editor = await EditorPage.open(await browserContext.newPage())

      await editor.paste({ 'text/html': html, 'text/plain': 'not this' })

      assert.equal(await editor.becomes(becomes), becomes)
      assertNoComplaints(editor.page)
    })

  test('plain text keeps its lines and takes the formatting around it', async ({ browserContext, assert }) => {
    await logIn(browserContext, await createAdmin())
    const editor = await EditorPage.open(await browserContext.newPage())

    await editor.press('ControlOrMeta+b')
    await editor.type('A')
    await editor.paste({ 'text/plain': ' <b>&\r\n\r\nnext {first_name}' })

    assert.equal(
      await editor.becomes('<b>A &lt;b&gt;&amp;\n\nnext {first_name}</b>'),
      '<b>A &lt;b&gt;&amp;\n\nnext {first_name}</b>'
    )
    assert.equal(await editor.page.locator('.placeholder-chip').count(), 1)
  })

  test('what is copied here comes back the same', async ({ browserContext, assert }) => {
    await logIn(browserContext, await createAdmin())
    const editor = await EditorPage.open(await browserContext.newPage())
    await editor.paste({ 'text/html': '<p><b>Bold</b> and <i>more</i> {first_name}</p><p></p><p>end</p>' })
    const once = await editor.html()
    assert.equal(once, '<b>Bold</b> and <i>more</i> {first_name}\n\nend')

    await editor.press('ControlOrMeta+a')
    const copied = await editor.copied()
    await editor.press('ArrowRight', 'Enter')
    await editor.paste(copied)

    assert.equal(await editor.becomes(`${once}\n${once}`), `${once}\n${once}`)
  })
})
