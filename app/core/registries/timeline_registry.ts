import { TimelineSource, type TimelineProvider } from '#core/contracts/timeline_source'

export class TimelineRegistry extends TimelineSource {
  readonly #providers: TimelineProvider[] = []

  register(provider: TimelineProvider) {
    this.#providers.push(provider)
  }

  all() {
    return [...this.#providers]
  }
}
