import { statfs } from 'node:fs/promises'
import type { HealthCheck } from '#core/contracts/health'

const MEGABYTE = 1024 * 1024
const LOW = { share: 0.1, megabytes: 5 * 1024 }
const VERY_LOW_MEGABYTES = 200

/** Room for the database, uploads and backups. A tenth of a large disk is plenty, so both limits must be passed. */
export class DiskCheck implements HealthCheck {
  readonly name = 'disk'
  readonly critical = false

  constructor(
    private readonly folder: string,
    private readonly stat: typeof statfs = statfs
  ) {}

  async check() {
    const { bavail, blocks, bsize } = await this.stat(this.folder)
    const free = Math.floor((bavail * bsize) / MEGABYTE)
    const share = blocks > 0 ? bavail / blocks : 1
    const details = { free_mb: free, free_percent: Math.floor(share * 100) }
    const message = `only ${free} MB are free where the data is kept`
    if (free < VERY_LOW_MEGABYTES) return { status: 'unhealthy' as const, message, details }
    if (free < LOW.megabytes && share < LOW.share) return { status: 'degraded' as const, message, details }
    return { status: 'healthy' as const, details }
  }
}
