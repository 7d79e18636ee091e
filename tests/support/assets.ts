import app from '@adonisjs/core/services/app'
// @ts-expect-error plain JavaScript, since `npm run demo` loads it without a TypeScript loader
import { buildAssets } from '../../bin/build_assets.js'

/** Pages are tested with the assets that production would serve; they are built when their sources changed. */
export async function useBuiltAssets() {
  await buildAssets()
  const vite = await app.container.make('vite')
  vite.hasManifestFile = true
}
