import vine from '@vinejs/vine'
import { LANGUAGES } from '#customers/languages'
import { NEWS_CATEGORIES } from '#customers/news_categories'
import { RECURRENCES, SOURCE_FORMATS, VARIANTS } from '#broadcasts/values'

/** Shapes only: what the values mean is checked by the domain, which names the field of each problem. */
const LONGEST = 100_000

const text = (length: number) => vine.string().maxLength(length).nullable().optional()
const whole = () => vine.number().withoutDecimals().min(0).max(Number.MAX_SAFE_INTEGER)

/** More than 20 items of a posted list arrive as an object. */
const list = (value: unknown) =>
  value && typeof value === 'object' && !Array.isArray(value) ? Object.values(value) : (value ?? [])

const button = vine.object({
  row: whole().max(100),
  text: text(500),
  kind: text(60),
  url: text(5000),
})

const variant = () =>
  vine
    .object({
      source: text(LONGEST),
      format: vine.enum(SOURCE_FORMATS),
      mediaKey: text(120),
      buttons: vine.array(button).parse(list).maxLength(120),
    })
    .optional()

const perVariant = () => vine.object({ A: variant(), B: variant() } satisfies Record<(typeof VARIANTS)[number], any>)

const condition = vine.object({
  key: vine.string().maxLength(100),
  parameters: vine.record(vine.string().maxLength(200).nullable()).optional(),
})

const content = () => ({
  variants: vine.object({ en: perVariant(), ru: perVariant(), uk: perVariant() } satisfies Record<
    (typeof LANGUAGES)[number],
    any
  >),
  previewLocale: vine.enum(LANGUAGES).optional(),
  previewVariant: vine.enum(VARIANTS).optional(),
  previewCustomer: whole().optional(),
})

/** The texts, images and buttons of what was sent already. */
export const correctionValidator = vine.create(content())

export const broadcastValidator = vine.create({
  ...content(),
  revision: whole(),
  title: text(500),
  category: vine.enum(NEWS_CATEGORIES),
  defaultLocale: vine.enum(LANGUAGES),
  audience: vine.object({
    kind: vine.enum(['all', 'customer', 'segment'] as const),
    customer: text(100),
    conditions: vine.array(condition).parse(list).maxLength(50),
    add: text(100),
  }),
  quietOn: vine.accepted().optional(),
  quiet: vine.object({ from: text(10), to: text(10) }),
  sendOnceKey: text(200),
  paid: vine.accepted().optional(),
  testOn: vine.accepted().optional(),
  test: vine.object({ share: vine.number().optional() }),
  recurrence: vine.enum(RECURRENCES),
  schedule: vine.object({ mode: vine.enum(['now', 'moment', 'local'] as const), local: text(30) }),
})
