import type { ServiceName } from '#sandbox/services/names'

/** How often each method of each service was called. */
export class Calls {
  #counts = new Map<string, number>()

  note(service: ServiceName, method: string): void {
    const key = `${service}:${method}`
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  count(service: ServiceName, method: string): number {
    return this.#counts.get(`${service}:${method}`) ?? 0
  }

  /** `{"crypto_pay": {"createInvoice": 2}}` */
  summary(): Record<string, Record<string, number>> {
    const summary: Record<string, Record<string, number>> = {}
    for (const [key, count] of this.#counts) {
      const [service, method] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)]
      summary[service] = { ...summary[service], [method]: count }
    }
    return summary
  }

  clear(): void {
    this.#counts.clear()
  }
}
