import ViteProvider from '@adonisjs/vite/vite_provider'

/** The suite runs on built assets, as production does: no development server beside it. */
export default class AssetsProvider extends ViteProvider {
  async start() {
    if (!this.app.inTest) await super.start()
  }
}
