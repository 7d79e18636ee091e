import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { LANGUAGES, type Language } from '#customers/languages'

/** The panel and the API are in English; whatever customers and admins read in Telegram is in every language. */
const ENGLISH_ONLY = /^(panel|api|errors|validator)\b/

type Messages = Map<string, string>

function messagesOf(language: Language): Messages {
  const folder = join(app.languageFilesPath(), language)
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.flatMap((file) => {
      const path = join(file.parentPath, file.name)
      const prefix = relative(folder, path)
        .replace(/\.json$/, '')
        .replaceAll('/', '.')
      return flatten(JSON.parse(readFileSync(path, 'utf8')), prefix)
    })
  )
}

const flatten = (value: unknown, prefix: string): Array<[string, string]> =>
  typeof value === 'string'
    ? [[prefix, value]]
    : Object.entries(value as object).flatMap(([key, nested]) => flatten(nested, `${prefix}.${key}`))

/** A name, and then its end or its format: `{name}`, `{count, plural, ...}`; not the words of a case. */
const argumentsOf = (message: string) => [...message.matchAll(/\{\s*(\w+)\s*[,}]/g)].map(([, name]) => name)
const tagsOf = (message: string) => [...message.matchAll(/<\/?[a-z]+/g)].map(([tag]) => tag)
const sorted = (values: string[]) => [...new Set(values)].sort()

test.group('Texts', () => {
  const english = messagesOf('en')
  const shared = [...english.keys()].filter((key) => !ENGLISH_ONLY.test(key))

  test('{$self} has every text, and no other')
    .with(LANGUAGES.filter((language) => language !== 'en'))
    .run(({ assert }, language) => {
      const present = [...messagesOf(language).keys()].filter((key) => !ENGLISH_ONLY.test(key))
      assert.deepEqual(present.sort(), [...shared].sort())
    })

  test('{$self} fills the same parameters and uses the same markup')
    .with(LANGUAGES.filter((language) => language !== 'en'))
    .run(({ assert }, language) => {
      const messages = messagesOf(language)
      for (const key of shared) {
        const [theirs, ours] = [messages.get(key) ?? '', english.get(key)!]
        assert.deepEqual(sorted(argumentsOf(theirs)), sorted(argumentsOf(ours)), `${language}: ${key}`)
        assert.deepEqual(sorted(tagsOf(theirs)), sorted(tagsOf(ours)), `${language}: ${key}`)
      }
    })

  test('every text can be formatted')
    .with([...LANGUAGES])
    .run(async ({ assert }, language) => {
      const { default: i18nManager } = await import('@adonisjs/i18n/services/main')
      const locale = i18nManager.locale(language)
      for (const [key, message] of messagesOf(language)) {
        const values = Object.fromEntries(argumentsOf(message).map((name) => [name, 1]))
        assert.doesNotThrow(() => locale.formatRawMessage(message, values), `${language}: ${key}`)
      }
    })
})
