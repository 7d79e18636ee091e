/** One line of a customer's timeline in the panel. */
export interface TimelineItem {
  at: number
  /** Groups for the filter, such as `messages` or `payments`. */
  kind: string
  icon: string
  title: string
  detail?: string
  /** Name of the panel's route and its parameters. */
  link?: { route: string; params: unknown[] }
}

export interface TimelineProvider {
  kind: string
  /** Newest first, before the given moment. */
  items(customerId: number, before: number, limit: number): Promise<TimelineItem[]>
}

/** Every domain adds what it knows of a customer. */
export abstract class TimelineSource {
  abstract register(provider: TimelineProvider): void
  abstract all(): TimelineProvider[]
}
