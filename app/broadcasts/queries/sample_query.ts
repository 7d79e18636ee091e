import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { SegmentSource } from '#core/contracts/segment_source'
import { LANGUAGES, type Language } from '#customers/languages'
import { audienceQuery } from '#broadcasts/audience/audience_query'
import { excludeFrom } from '#broadcasts/audience/exclusions'
import { storedProblem } from '#broadcasts/content/markup_problem'
import { VALUE_COLUMNS, valuesOf, type ValueRow } from '#broadcasts/content/values_of'
import type { VariantSet } from '#broadcasts/content/variant_set'
import { variantOf } from '#broadcasts/fan_out/variant_split'
import { measureHtml } from '#broadcasts/markup/read_source'
import { Template } from '#broadcasts/markup/template'
import type Broadcast from '#broadcasts/models/broadcast'
import type { Variant } from '#broadcasts/values'

/** The text as one real customer would get it. */
export interface Sample {
  customerId: number
  /** User text: escape it. */
  name: string
  language: Language
  locale: Language
  variant: Variant
  html: string
  length: number
}

const WANTED = 3
const EVERYBODY = { after: 0, until: Number.MAX_SAFE_INTEGER }

/** Three customers of the audience, of different languages as far as there are, with their text filled in. */
@inject()
export class SampleQuery {
  constructor(
    private clock: Clock,
    private segments: SegmentSource
  ) {}

  async handle(broadcast: Broadcast, content: VariantSet): Promise<Sample[]> {
    const found = [...(await this.#oneOfEachLanguage(broadcast)), ...(await this.#newest(broadcast).limit(WANTED))]
    const different = [...new Map(found.map((customer: ValueRow) => [customer.id, customer])).values()]
    return different.slice(0, WANTED).flatMap((customer) => this.#fill(broadcast, content, customer) ?? [])
  }

  async #oneOfEachLanguage(broadcast: Broadcast): Promise<ValueRow[]> {
    const customers = await Promise.all(
      LANGUAGES.map((language) => this.#newest(broadcast).where('customers.language', language).first())
    )
    return customers.filter((customer) => customer !== null)
  }

  #newest(broadcast: Broadcast) {
    const query = audienceQuery(db.connection(), broadcast.audience, EVERYBODY, this.segments, this.clock.now())
    excludeFrom(query, { category: broadcast.category, sendOnceKey: broadcast.sendOnceKey, cap: null })
    return query.orderBy('customers.id', 'desc').select(...VALUE_COLUMNS.map((name) => `customers.${name}`))
  }

  #fill(broadcast: Broadcast, content: VariantSet, customer: ValueRow): Sample | null {
    const language = customer.language as Language
    const variant = variantOf(broadcast, customer.id)
    const text = content.resolve(language, variant)
    if (!text || storedProblem(text)) return null
    const values = valuesOf(customer)
    const html = new Template(text.html).fill(values)
    return {
      customerId: customer.id,
      name: values.full_name,
      language,
      locale: text.locale,
      variant,
      html,
      length: measureHtml(html),
    }
  }
}
