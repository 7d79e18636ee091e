import { HealthChecks, type HealthCheck } from '#core/contracts/health'

export class HealthRegistry extends HealthChecks {
  readonly #checks = new Map<string, HealthCheck>()

  register(check: HealthCheck) {
    this.#checks.set(check.name, check)
  }

  all() {
    return [...this.#checks.values()]
  }
}
