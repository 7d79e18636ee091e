import { SegmentSource, type SegmentCondition } from '#core/contracts/segment_source'

export class SegmentRegistry extends SegmentSource {
  readonly #conditions = new Map<string, SegmentCondition>()

  register(conditions: SegmentCondition[]) {
    for (const condition of conditions) this.#conditions.set(condition.key, condition)
  }

  all() {
    return [...this.#conditions.values()]
  }

  find(key: string) {
    return this.#conditions.get(key)
  }
}
