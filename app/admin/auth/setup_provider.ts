import type { ApplicationService } from '@adonisjs/core/types'

/** Tells whoever reads the console how to make the first owner. Loaded in the web process only. */
export default class SetupProvider {
  constructor(protected app: ApplicationService) {}

  async ready() {
    if (this.app.getMode() !== 'run') return
    const { OpenSetup } = await import('#staff/actions/open_setup')
    const openSetup = await this.app.container.make(OpenSetup)
    try {
      const token = await openSetup.handle()
      if (token) await this.#announce(token)
    } catch (error) {
      const logger = await this.app.container.make('logger')
      logger.error({ err: error }, 'The first-run page could not be opened; is the database migrated?')
    }
  }

  /** Written to the terminal itself: the token has no place in the logs. */
  async #announce(token: string) {
    const { appUrl } = await import('#config/app')
    process.stderr.write(
      `\n  Nobody can log in to the panel yet. Make the first owner at ${appUrl}/admin/setup with this token:\n\n    ${token}\n\n`
    )
  }
}
