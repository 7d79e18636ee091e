import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { HealthStatus } from '#core/contracts/health'
import type { Diagnosis } from '#system/health/doctor'

const MARKS: Record<HealthStatus, string> = { healthy: 'ok      ', degraded: 'warning ', unhealthy: 'BROKEN  ' }

export default class SystemDoctor extends BaseCommand {
  static commandName = 'system:doctor'
  static description = 'Look at database, Redis, Telegram, disk, keys and workers; say what to do. Prints no secret'
  static help = ['Ends with 1 when something is broken.']
  static options: CommandOptions = { startApp: true }

  /** Loaded late: it reads the configuration, and commands are listed where there is none yet. */
  async run() {
    const { Doctor } = await import('#system/health/doctor')
    const doctor = await this.app.container.make(Doctor)
    const diagnoses = await doctor.examine()
    for (const diagnosis of diagnoses) this.logger.log(this.#line(diagnosis))
    if (diagnoses.some(({ status }) => status === 'unhealthy')) this.exitCode = 1
  }

  #line({ name, status, message, details = {} }: Diagnosis) {
    const facts = Object.entries(details).map(([key, value]) => `${key.replaceAll('_', ' ')}: ${value}`)
    const text = [message, facts.join(', ')].filter(Boolean).join(' - ')
    return `${this.#coloured(status)}${name.padEnd(12)}${text}`
  }

  #coloured(status: HealthStatus) {
    const mark = MARKS[status]
    if (status === 'healthy') return this.colors.green(mark)
    return status === 'degraded' ? this.colors.yellow(mark) : this.colors.red(mark)
  }
}
