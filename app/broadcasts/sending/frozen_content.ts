import db from '@adonisjs/lucid/services/db'
import { VariantSet, type StoredVariant } from '#broadcasts/content/variant_set'
import { Template } from '#broadcasts/markup/template'
import type Broadcast from '#broadcasts/models/broadcast'
import BroadcastVariant from '#broadcasts/models/broadcast_variant'

export interface FrozenVariant extends StoredVariant {
  template: Template
}

export interface FrozenVersion {
  texts: VariantSet<FrozenVariant>
  /** Images of the versions before, by text: an edit that brings another one replaces the photo. */
  earlier: VariantSet[]
}

const KEPT = 50

/** Texts of versions that have begun: they never change, so a few are kept in memory, ready to be filled. */
export class FrozenContent {
  readonly #versions = new Map<string, FrozenVersion>()

  async of(broadcast: Broadcast, version: number): Promise<FrozenVersion> {
    const key = `${broadcast.reference}/${version}`
    const known = this.#versions.get(key)
    if (known) return known
    const loaded = await this.#load(broadcast, version)
    if (this.#versions.size >= KEPT) this.#versions.delete(this.#versions.keys().next().value!)
    this.#versions.set(key, loaded)
    return loaded
  }

  async #load(broadcast: Broadcast, version: number): Promise<FrozenVersion> {
    const rows = await BroadcastVariant.query({ client: db.connection() })
      .where('broadcastId', broadcast.id)
      .where('version', '<=', version)
      .orderBy('version')
    const setOf = (variants: BroadcastVariant[]) =>
      new VariantSet(broadcast.defaultLocale, variants.map(freeze), broadcast.isTest)
    const earlier = [...new Set(rows.map((row) => row.version))].filter((other) => other < version)
    return {
      texts: setOf(rows.filter((row) => row.version === version)),
      earlier: earlier.map((other) => setOf(rows.filter((row) => row.version === other))),
    }
  }
}

const freeze = ({ locale, variant, html, buttons, mediaKey }: BroadcastVariant): FrozenVariant => ({
  locale,
  variant,
  html,
  buttons,
  mediaKey,
  template: new Template(html),
})
