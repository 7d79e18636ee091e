import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import i18nManager from '@adonisjs/i18n/services/main'
import { MessageComposer } from '#core/contracts/message_composer'
import { Money } from '#core/money/money'

test.group('MessageComposer', (group) => {
  let composer: MessageComposer

  group.setup(async () => {
    composer = await app.container.make(MessageComposer)
  })

  test('given text of a person, when composed, then it is escaped', async ({ assert }) => {
    const { html } = composer.compose('en', 'plain', { text: '<b>"Tom" & \u202Eגברת</b> 👩‍👩‍👧 {x}' }, [])
    assert.equal(html, '&lt;b&gt;&quot;Tom&quot; &amp; \u202Eגברת&lt;/b&gt; 👩‍👩‍👧 {x}')
  })

  test('given an amount, when composed, then it is written as readers of that language write it', ({ assert }) => {
    const amount = Money.of(1_000_500_000_000n, 'TON')
    const stored = JSON.parse(JSON.stringify({ text: amount }))
    assert.equal(composer.compose('en', 'plain', stored, []).html, '1,000.50\u00A0TON')
    assert.equal(composer.compose('uk', 'plain', { text: amount }, []).html, '1\u00A0000,50\u00A0TON')
  })

  test('given symbolic buttons, when composed, then they speak the language and carry what they do', async ({
    assert,
  }) => {
    const { replyMarkup } = composer.compose('uk', 'plain', { text: 'x' }, [
      [{ action: 'menu' }, { action: 'help', id: 12 }],
      [
        { url: 'https://example.org', text: 'Site' },
        { url: 'https://example.org', label: 'settings' },
        { url: 'https://example.org' },
      ],
    ])
    assert.deepEqual(replyMarkup!.inline_keyboard, [
      [
        { text: '🏠 Головне меню', callback_data: '1n:menu' },
        { text: '❓ Допомога', callback_data: '1n:help:12' },
      ],
      [
        { text: 'Site', url: 'https://example.org' },
        { text: '⚙️ Налаштування', url: 'https://example.org' },
        { text: 'Відкрити', url: 'https://example.org' },
      ],
    ])
  })

  test('given no buttons, when composed, then there is no keyboard', async ({ assert }) => {
    const { replyMarkup } = composer.compose('ru', 'plain', { text: 'x' }, [])
    assert.isUndefined(replyMarkup)
  })

  test('given a template that nobody wrote, when composed, then it fails loudly', async ({ assert }) => {
    assert.throws(() => composer.compose('en', 'no_such_template', {}, []), /There is no text "notifications.no_such/)
  })

  test("every one of the bot's texts exists in all three languages with the same parameters", ({ assert }) => {
    const own = ([key]: [string, string]) => /^(bot\w*|notifications\w*)\./.test(key)
    const shape = (locale: string) =>
      Object.entries(i18nManager.getTranslationsFor(locale))
        .filter(own)
        .map(([key, message]) => [key, [...new Set(message.match(/(?<=\{)\w+(?=[,}])/g))].sort()])
        .sort()
    assert.isNotEmpty(shape('en'))
    assert.deepEqual(shape('ru'), shape('en'))
    assert.deepEqual(shape('uk'), shape('en'))
  })
})
