import type { Reference } from '#ledger/transfer_input'

/** What caused a transfer, as pages tell it. */
export interface Cause {
  /** `Invoice 8F3K2M9QTR`. */
  title: string
  /** What the outside world calls it: the id of a payment provider. */
  externalId?: string | null
  /** Name of the panel's route and its parameters. */
  link?: { route: string; params: unknown[] }
}

/** Tells of one type of causes; belongs to the room that makes them. */
export interface CauseSource {
  /** Type of the references: `invoice`. */
  type: string
  /** By id, as the reference says it; what is gone is left out. */
  causes(ids: string[]): Promise<Map<string, Cause>>
}

/** Registry of what transfers refer to; rooms register when they boot. */
export class LedgerReferences {
  readonly #sources = new Map<string, CauseSource>()

  register(source: CauseSource) {
    this.#sources.set(source.type, source)
  }

  /** One lookup for each type; a reference nobody tells of has no cause. */
  async causesOf(references: ReadonlyArray<Reference | null>): Promise<(reference: Reference | null) => Cause | null> {
    const ids = new Map<string, Set<string>>()
    for (const reference of references) {
      if (reference) ids.set(reference.type, (ids.get(reference.type) ?? new Set()).add(String(reference.id)))
    }
    const found = new Map<string, Map<string, Cause>>()
    for (const [type, some] of ids) {
      const source = this.#sources.get(type)
      if (source) found.set(type, await source.causes([...some]))
    }
    return (reference) => (reference && found.get(reference.type)?.get(String(reference.id))) ?? null
  }
}
